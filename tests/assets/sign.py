"""Signs a request with the keys of the profile `tides`, as AWS' own programs do, and prints the signature's header.

The configuration is named by AWS_CONFIG_FILE.
"""

import sys

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

session = botocore.session.Session(profile="tides")
credentials = session.get_credentials()
if credentials.method != "custom-process":
    sys.exit(f"the keys come from {credentials.method}")
request = AWSRequest("GET", "https://sts.amazonaws.com/", headers={"X-Amz-Date": "20270101T000000Z"})
SigV4Auth(credentials.get_frozen_credentials(), "sts", "eu-west-1").add_auth(request)
print(request.headers["X-Amz-Date"], request.headers["Authorization"])
