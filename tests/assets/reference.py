"""Reads files in the formats of `usher fetch` by the programs that define them, and prints what they found as JSON.

Every argument is a folder with dotenv, aws-profile, aws-process and url in it.
"""

import json
import pathlib
import sys
import urllib.parse

import botocore.configloader
import dotenv


def read(folder):
    url = urllib.parse.urlsplit((folder / "url").read_bytes().decode())
    return {
        "dotenv": dotenv.dotenv_values(folder / "dotenv") if (folder / "dotenv").exists() else None,
        "aws-profile": botocore.configloader.raw_config_parse(str(folder / "aws-profile"))["tides"]
        if (folder / "aws-profile").exists()
        else None,
        "aws-process": json.loads((folder / "aws-process").read_bytes()),
        "url": [
            url.scheme,
            urllib.parse.unquote(url.username),
            urllib.parse.unquote(url.password),
            url.hostname,
            urllib.parse.unquote(url.path[1:]),
        ],
    }


json.dump([read(pathlib.Path(folder)) for folder in sys.argv[1:]], sys.stdout)
