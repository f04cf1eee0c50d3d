//! The server's side of TLS.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{self, AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;

/// A socket, encrypted or not.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

fn asset(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/assets/tls").join(name)
}

/// The file of the authority that vouches for the server.
pub fn authority() -> PathBuf {
    asset("ca.pem")
}

pub async fn accept(stream: Box<dyn Stream>) -> io::Result<Box<dyn Stream>> {
    let certificate = CertificateDer::from_pem_file(asset("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(asset("server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    Ok(Box::new(TlsAcceptor::from(Arc::new(config)).accept(stream).await?))
}
