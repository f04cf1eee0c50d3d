//! `Accept-Encoding` (RFC 9110, 12.5.3).

/// Whether gzip is acceptable and preferred at least as much as `identity`.
///
/// Without the header there is no gzip, which is allowed and safe. Malformed members are ignored.
pub fn gzip<'a>(headers: impl Iterator<Item = &'a str>) -> bool {
    let (mut gzip, mut identity, mut any) = (None, None, None);
    for member in headers.flat_map(|header| header.split(',')) {
        let (coding, weight) = member.split_once(';').map_or((member, Some(MOST)), |(coding, q)| (coding, weight(q)));
        let Some(weight) = weight else { continue };
        let listed = match coding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => &mut gzip,
            "identity" => &mut identity,
            "*" => &mut any,
            _ => continue,
        };
        // If a coding is listed twice, the lower weight counts.
        *listed = Some(listed.map_or(weight, |before: u16| before.min(weight)));
    }
    let gzip = gzip.or(any).unwrap_or(0);
    gzip > 0 && gzip >= identity.unwrap_or(0)
}

/// The default weight, in thousandths.
const MOST: u16 = 1000;

/// `q=0.5`: 0 or 1 with up to three decimals, in thousandths.
fn weight(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.trim().split_once('=')?;
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let fits = name.eq_ignore_ascii_case("q")
        && matches!(whole, "0" | "1")
        && decimals.len() <= 3
        && decimals.bytes().all(|digit| digit.is_ascii_digit());
    let weight = fits.then(|| format!("{whole}{decimals:0<3}"))?.parse().ok()?;
    (weight <= MOST).then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::gzip;

    #[test]
    fn gzip_is_sent_to_whoever_wants_it() {
        for (header, wanted) in [
            ("gzip", true),
            ("gzip, deflate, br, zstd", true),
            ("GZIP", true),
            ("x-gzip", true),
            ("br, gzip;q=0.2", true),
            ("deflate , gzip ; q=0.001", true),
            ("gzip;Q=1.000", true),
            ("*", true),
            ("*;q=0.1", true),
            ("identity;q=0, *", true),
            ("identity;q=0.5, gzip;q=0.5", true),
            ("", false),
            ("br, deflate", false),
            ("identity", false),
            ("gzip;q=0", false),
            ("gzip;q=0.000", false),
            ("gzip;q=0, *", false),
            ("*;q=0", false),
            ("*, gzip;q=0", false),
            ("identity, gzip;q=0.5", false),
            ("gzip, gzip;q=0", false),
            ("gzip;q=1.1", false),
            ("gzip;q=0.1234", false),
            ("gzip;q=", false),
            ("gzip;q=yes", false),
            ("gzip;level=9", false),
            ("gzipped, ungzip", false),
        ] {
            assert_eq!(gzip([header].into_iter()), wanted, "{header:?}");
        }
        assert!(gzip(["br", "gzip"].into_iter()), "a list may stand in several lines");
        assert!(!gzip(std::iter::empty()), "who says nothing gets plain text");
    }
}
