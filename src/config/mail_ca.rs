//! The configuration key `mail_ca_file`.

use std::fs;
use std::path::Path;

use lettre::transport::smtp::client::Certificate;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

/// Certificates of authorities that are trusted for the mail server, beside the system's.
#[derive(Clone, Debug)]
pub struct MailCa(Certificate);

impl MailCa {
    /// Reads a PEM file, and checks that its certificates can be used.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let pem = fs::read(path).map_err(|error| format!("{shown} cannot be read: {error}"))?;
        let unusable = || format!("{shown} holds no usable certificate (PEM, -----BEGIN CERTIFICATE-----)");
        let found: Result<Vec<CertificateDer<'_>>, _> = CertificateDer::pem_slice_iter(&pem).collect();
        let found = found.map_err(|_| unusable())?;
        let mut roots = RootCertStore::empty();
        for certificate in found {
            roots.add(certificate).map_err(|_| unusable())?;
        }
        if roots.is_empty() {
            return Err(unusable());
        }
        Certificate::from_pem(&pem).map(Self).map_err(|_| unusable())
    }

    pub(crate) const fn certificate(&self) -> &Certificate {
        &self.0
    }
}
