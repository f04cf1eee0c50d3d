use super::*;

/// A list as short texts: `name <address>`, `@username`, `!wrong`.
fn read(text: &str) -> Vec<String> {
    let entries = list(text).unwrap_or_else(|unclear| panic!("{text:?} is unclear: {unclear:?}"));
    entries.iter().map(told).collect()
}

fn told(entry: &Entry) -> String {
    match &entry.person {
        Ok(Person::Address(NamedAddress { name: Some(name), address })) => format!("{} <{address}>", name.as_str()),
        Ok(Person::Address(NamedAddress { name: None, address })) => address.to_string(),
        Ok(Person::Username(username)) => format!("@{}", username.as_str()),
        Err(_) => format!("!{}", entry.written),
    }
}

#[test]
fn an_address_is_found_in_what_people_paste() {
    for text in [
        "rosa@harbor.test",
        "  Rosa@Harbor.Test\t",
        "<rosa@harbor.test>",
        "<rosa@harbor.test",
        "< rosa@harbor.test >",
        "'rosa@harbor.test'",
        "'rosa@harbor.test",
        "\"rosa@harbor.test\"",
        "“rosa@harbor.test”",
        "(rosa@harbor.test)",
        "[rosa@harbor.test]",
        "*rosa@harbor.test*",
        "rosa@harbor.test.",
        "rosa@harbor.test,",
        "rosa@harbor.test;",
        "rosa@harbor.test...",
        "rosa@harbor.test <rosa@harbor.test>",
        "\"rosa@harbor.test\" <rosa@harbor.test>",
        "mailto:rosa@harbor.test",
        "MAILTO:rosa%40harbor.test",
        "<mailto:rosa@harbor.test>",
        "mailto:rosa@harbor.test?subject=Hello%20there,%20you&body=a@b.test",
        "<mailto:rosa@harbor.test|rosa@harbor.test>",
        "E-mail: rosa@harbor.test",
        "To: rosa@harbor.test",
        "\u{feff}rosa@harbor.test",
        "rosa\u{200b}@harbor\u{ad}.test\u{200b}",
        "\u{a0}rosa@harbor.test\u{a0}",
        "\u{202a}rosa@harbor.test\u{202c}",
        "ro\u{200d}sa@harbor.test",
        "rosa＠harbor.test",
        "ｒｏｓａ＠ｈａｒｂｏｒ．ｔｅｓｔ",
        "rosa@harbor。test",
        "＜rosa@harbor.test＞",
        "- rosa@harbor.test",
        "* rosa@harbor.test",
        "• rosa@harbor.test",
        "•rosa@harbor.test",
        "1. rosa@harbor.test",
        "12) rosa@harbor.test",
        "(3) rosa@harbor.test",
        "– [x] rosa@harbor.test",
        "> - rosa@harbor.test",
        "1\trosa@harbor.test\t",
        "rosa@harbor.test\trosa@harbor.test",
        "rosa@harbor.test, ROSA@harbor.test",
        "rosa@harbor.test\r\n\r\nrosa@harbor.test",
    ] {
        assert_eq!(read(text), ["rosa@harbor.test"], "{text:?}");
        assert_eq!(only(text).map(|only| only.address.to_string()).as_deref(), Some("rosa@harbor.test"), "{text:?}");
    }
}

#[test]
fn a_name_beside_it_is_kept() {
    for (text, name) in [
        ("Rosa Diaz <rosa@harbor.test>", "Rosa Diaz"),
        ("Rosa Diaz<rosa@harbor.test>", "Rosa Diaz"),
        ("Diaz, Rosa <rosa@harbor.test>", "Diaz, Rosa"),
        ("\"Diaz, Rosa\" <rosa@harbor.test>", "Diaz, Rosa"),
        ("\"Diaz; Rosa\" <rosa@harbor.test>;", "Diaz; Rosa"),
        ("\"Rosa \\\"Ro\\\" Diaz\" <rosa@harbor.test>", "Rosa \"Ro\" Diaz"),
        ("'Rosa Diaz' <rosa@harbor.test>", "Rosa Diaz"),
        ("“Rosa Diaz” <rosa@harbor.test>", "Rosa Diaz"),
        ("„Diaz, Rosa“ <rosa@harbor.test>", "Diaz, Rosa"),
        ("Rosa “Ro” Diaz <rosa@harbor.test>", "Rosa “Ro” Diaz"),
        ("Rosa D'Arc <rosa@harbor.test>", "Rosa D'Arc"),
        ("\"'Rosa Diaz'\" <rosa@harbor.test>", "Rosa Diaz"),
        ("Rosa Diaz (Harbor) <rosa@harbor.test>", "Rosa Diaz (Harbor)"),
        ("Rosa & Uwe Diaz rosa@harbor.test", "Rosa & Uwe Diaz"),
        ("Rosa Diaz [mailto:rosa@harbor.test]", "Rosa Diaz"),
        ("[Rosa Diaz](mailto:rosa@harbor.test)", "Rosa Diaz"),
        ("| Rosa Diaz | rosa@harbor.test |", "Rosa Diaz"),
        ("rosa@harbor.test – Rosa Diaz", "Rosa Diaz"),
        ("Rosa <mailto:rosa@harbor.test>", "Rosa"),
        ("Rosa rosa@harbor.test", "Rosa"),
        ("Rosa: rosa@harbor.test", "Rosa"),
        ("Rosa Diaz - rosa@harbor.test", "Rosa Diaz"),
        ("rosa@harbor.test Rosa Diaz", "Rosa Diaz"),
        ("rosa@harbor.test (Rosa Diaz)", "Rosa Diaz"),
        ("Rosa Diaz (rosa@harbor.test)", "Rosa Diaz"),
        ("rosa@harbor.test, Rosa Diaz", "Rosa Diaz"),
        ("Rosa Diaz; rosa@harbor.test", "Rosa Diaz"),
        ("\"Rosa\",\"rosa@harbor.test\"", "Rosa"),
        ("Rosa\tDiaz\trosa@harbor.test", "Rosa Diaz"),
        ("rosa@harbor.test\tRosa\tDiaz", "Rosa Diaz"),
        ("7\tDiaz, Rosa\trosa@harbor.test\t+49 40 123", "Diaz, Rosa"),
        ("Rosa\t<rosa@harbor.test>", "Rosa"),
        ("1. Rosa Diaz <rosa@harbor.test>", "Rosa Diaz"),
        ("Роза Диас <rosa@harbor.test>", "Роза Диас"),
        ("Роза, rosa@harbor.test", "Роза"),
        ("Zoë\u{a0}李 <rosa@harbor.test>", "Zoë\u{a0}李"),
        ("\u{200b} Rosa \u{feff}<rosa@harbor.test>", "Rosa"),
    ] {
        assert_eq!(read(text), [format!("{name} <rosa@harbor.test>")], "{text:?}");
    }
    let long = format!("{} <rosa@harbor.test>", "Rosa ".repeat(30));
    for nameless in
        [long.as_str(), "Please ask rosa@harbor.test today", "... <rosa@harbor.test>", "42 rosa@harbor.test"]
    {
        assert_eq!(read(nameless), ["rosa@harbor.test"], "{nameless:?}");
    }
}

#[test]
fn a_line_may_hold_several() {
    for text in [
        "rosa@harbor.test, tomas@harbor.test",
        "rosa@harbor.test,tomas@harbor.test",
        "rosa@harbor.test；tomas@harbor.test",
        "rosa@harbor.test tomas@harbor.test",
        "rosa@harbor.test\ttomas@harbor.test",
        "<rosa@harbor.test> <tomas@harbor.test>",
        "mailto:rosa@harbor.test,tomas@harbor.test?subject=x",
        "mailto:rosa@harbor.test?subject=x,mailto:tomas@harbor.test",
        "- rosa@harbor.test\n- tomas@harbor.test\n",
        "rosa@harbor.test\rtomas@harbor.test",
        "rosa@harbor.test\u{2028}tomas@harbor.test",
    ] {
        assert_eq!(read(text), ["rosa@harbor.test", "tomas@harbor.test"], "{text:?}");
        assert_eq!(only(text), None, "{text:?}");
    }
    assert_eq!(
        read("Diaz, Rosa <rosa@harbor.test>, Reed, Tomas <tomas@harbor.test>; Ines <ines@harbor.test>"),
        ["Diaz, Rosa <rosa@harbor.test>", "Reed, Tomas <tomas@harbor.test>", "Ines <ines@harbor.test>"]
    );
    assert_eq!(read("Rosa <rosa@harbor.test> Tomas <tomas@harbor.test>").len(), 2);
    assert_eq!(read("@rosa, tomas@harbor.test, @ines"), ["@rosa", "tomas@harbor.test", "@ines"]);
    assert_eq!(read("rosa@harbor.test, oops@harbor"), ["rosa@harbor.test", "!oops@harbor"]);
}

#[test]
fn a_username_stands_alone_or_behind_an_at_sign() {
    for text in
        ["rosa", " Rosa ", "- rosa", "\"rosa\"", "rosa,", "@rosa", "＠rosa", "ro\u{200b}sa", "@rosa;", "1. @rosa"]
    {
        assert_eq!(read(text), ["@rosa"], "{text:?}");
        assert_eq!(only(text), None);
        assert!(text.contains(['-', '"', ',', ';', '1']) || username(text) == "rosa", "{text:?}");
    }
    assert_eq!(read("rosa\ntomas"), ["@rosa", "@tomas"]);
}

#[test]
fn words_that_are_left_over_are_asked_about() {
    for text in [
        "Rosa Diaz",
        "rosa tomas",
        "rosa, tomas",
        "rosa; tomas",
        "rosa\ttomas",
        "bob@example,com",
        "bob@example;com",
        "rosa@harbor.test,nobody",
        "nobody, rosa@harbor.test",
        "nobody; Rosa Diaz rosa@harbor.test; tomas@harbor.test",
        "Rosa <rosa@harbor.test>, tomas",
        "Tomas, rosa@harbor.test, Ines <ines@harbor.test>",
        "Rosa Diaz, @rosa",
        "rosa @ harbor.test",
        "rosa at harbor.test",
        "rosa@ harbor.test",
        "Name\tE-mail",
        "Rosa\trosa@harbor.test\ttomas@harbor.test",
    ] {
        let unclear = list(text).expect_err(text);
        assert_eq!(unclear, [Unclear { number: 1, text: text.to_owned() }]);
    }
    let unclear = list("rosa@harbor.test\r\n\r\n  Rosa Diaz \r\n- Tomas Reed").unwrap_err();
    let told: Vec<(usize, &str)> = unclear.iter().map(|line| (line.number, line.text.as_str())).collect();
    assert_eq!(told, [(3, "Rosa Diaz"), (4, "- Tomas Reed")]);
}

#[test]
fn what_is_no_address_is_told_alone() {
    for wrong in ["oops@harbor", "a@b@c", "rosa@har_bor.test", "Rosa <rosa@harbor>"] {
        assert_eq!(read(wrong), [format!("!{wrong}")]);
    }
    assert_eq!(read(""), [""; 0]);
    assert_eq!(read(" \r\n,;\t\u{feff}\n"), [""; 0]);
}

#[test]
fn what_is_filled_in_again_reads_as_the_same() {
    for text in [
        "Rosa Diaz <Rosa@harbor.test>",
        "\"Rosa \\\"Ro\\\"\" <rosa@harbor.test>",
        "(Rosa) [x] <rosa@harbor.test>",
        "\"Diaz, Rosa \\\"Ro\\\" \\\\ x\" <rosa@harbor.test>",
        "5\" Rosa <rosa@harbor.test>",
        "jan@bücher.example",
        "@rosa",
        "rosa",
        "oops@harbor",
    ] {
        let [entry] = list(text).unwrap().try_into().unwrap();
        let again: [Entry; 1] = list(&entry.written).unwrap().try_into().unwrap();
        assert_eq!(told(&again[0]), told(&entry), "{text:?}");
    }
}

#[test]
fn international_addresses_are_read_in_both_spellings() {
    for text in [
        "jan@bücher.example",
        "Jan <jan@XN--bcher-kva.example>",
        "mailto:jan@b%C3%BCcher.example",
        "jan@bücher。example.",
    ] {
        assert_eq!(only(text).unwrap().address.normal(), "jan@xn--bcher-kva.example", "{text:?}");
    }
    // A joiner that belongs there.
    assert_eq!(only("a@نامه\u{200c}ای.com").unwrap().address.normal(), "a@xn--mgba3gch31f060k.com");
}

#[test]
fn long_lines_are_read_quickly() {
    for piece in ["<", "\"", "mailto:", "a@b.test,", "x ", "@", "- ", "\\\""] {
        let text = piece.repeat(65_536 / piece.len());
        assert!(list(&text).is_ok_and(|entries| entries.len() <= 1) || only(&text).is_none());
    }
}
