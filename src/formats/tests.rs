use super::{Format, Name, Scheme, Style, Unfit, Values, import, write};

fn style() -> Style {
    Style { prefix: "TIDES_".to_owned(), profile: "tides".to_owned(), scheme: Scheme::Mysql }
}

/// Values out of awkward pieces, by a seed (xorshift64).
fn values(seed: u64, pieces: &[&str]) -> Values {
    let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = |end: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random >> 33).unwrap() % end
    };
    let mut values = Values::default();
    for name in Name::ALL {
        let length = 1 + below(6);
        let text: String = (0..length).map(|_| pieces[below(pieces.len())]).collect();
        // Hosts are host names.
        values.set(name, if name == Name::Host { "tides.db.harbor.test" } else { &text });
    }
    values
}

const AWKWARD: [&str; 24] = [
    "a", "Z9", "'", "\"", "\\", "$", "${", "$HOME", "#", " #", " ", "=", ":", "`", "!", "%", "@", "/", "?", "\t", "é",
    "日本", "\\n", ";",
];

fn assert_same(format: Format, before: &Values, text: &str) {
    let after = import::read(text);
    for name in format.values() {
        assert_eq!(after.values.get(*name), before.get(*name), "{name:?} in {}:\n{text}", format.name());
    }
    assert!(after.unclear.is_empty() && after.unused.is_empty(), "{after:?}\n{text}");
}

#[test]
fn what_is_taken_away_can_be_brought_in_again() {
    let mut held = 0;
    for seed in 0..2_000 {
        let mut pieces = AWKWARD.to_vec();
        if seed % 2 == 0 {
            pieces.extend(["\n", "\r"]);
        }
        let values = values(seed, &pieces);
        for format in Format::ALL {
            if let Ok(text) = write(&values, format, &style()) {
                assert_same(format, &values, text.expose());
                held += 1;
            }
        }
    }
    assert!(held > 8_000, "{held}");
}

#[test]
fn what_a_format_cannot_hold_is_refused() {
    let refused = |value: &str, format| {
        let mut values = values(7, &["a"]);
        values.set(Name::SecretKey, value);
        let unfit = Unfit { format, name: Name::SecretKey, is_missing: false };
        assert_eq!(write(&values, format, &style()).err(), Some(unfit), "{value:?}");
    };
    for value in ["a\nb", " a", "a\t", "a\u{1c}", "\u{85}"] {
        refused(value, Format::AwsProfile);
    }
    for value in ["${HOME}", "a${x:-y}b"] {
        refused(value, Format::Dotenv);
    }
    let mut values = Values::default();
    values.set(Name::AccessKey, "AKHARBOR01");
    let missing = Unfit { format: Format::AwsProcess, name: Name::SecretKey, is_missing: true };
    assert_eq!(write(&values, Format::AwsProcess, &style()).err(), Some(missing));
}

#[test]
fn what_people_have_is_understood() {
    let text = "# production\n\nexport APP_DB_HOST=db.harbor.test\nDB_USERNAME = \"reader\" # the one for reports\n\
                DB_PASSWORD='salt \\ water'\nAWS_REGION: eu-west-1\nPORT=8080\nnonsense\n";
    let imported = import::read(text);
    let found: Vec<_> = imported.values.names().map(|name| (name, imported.values.get(name).unwrap())).collect();
    let expected = [
        (Name::Region, "eu-west-1"),
        (Name::Host, "db.harbor.test"),
        (Name::DbUser, "reader"),
        (Name::DbPass, "salt \\ water"),
    ];
    assert_eq!(found, expected);
    assert_eq!((imported.unused, imported.unclear), (vec!["PORT".to_owned()], vec![8]));

    let url = import::read("postgres://reader:salt%40water@db.harbor.test:5432/tides?sslmode=require");
    assert_eq!(url.values.get(Name::DbPass), Some("salt@water"));
    assert_eq!(url.values.get(Name::DbName), Some("tides"));
    assert_eq!(url.unused, ["DATABASE_URL (port)", "DATABASE_URL (query)"]);
    assert_eq!(import::read("https://harbor.test/tides").values.names().count(), 0);

    let profile = import::read("[default]\naws_access_key_id = AKHARBOR01\naws_secret_access_key=s3cr3t/harbor+1\n");
    assert_eq!(profile.values.get(Name::SecretKey), Some("s3cr3t/harbor+1"));
}

#[test]
fn the_keys_of_two_profiles_are_not_mixed() {
    let text = "[default]\nregion = eu-west-1\n[tides]\naws_access_key_id = AKTIDES\naws_secret_access_key = tides\n\
                [quay]\naws_access_key_id = AKQUAY\n";
    let imported = import::read(text);
    let found = [Name::Region, Name::AccessKey, Name::SecretKey].map(|name| imported.values.get(name).unwrap());
    assert_eq!(found, ["eu-west-1", "AKTIDES", "tides"]);
    assert_eq!(imported.unused, ["aws_access_key_id"]);
}

#[test]
fn lines_end_as_in_forms_and_on_windows_too() {
    let imported =
        import::read("DB_HOST=db.harbor.test\r\nDB_PASSWORD='salt\r\nwater'\r\nDB_USER=reader # of reports\r\n");
    let found = [Name::Host, Name::DbPass, Name::DbUser].map(|name| imported.values.get(name).unwrap());
    assert_eq!(found, ["db.harbor.test", "salt\nwater", "reader"]);
    assert!(imported.unclear.is_empty());
}
