use std::ops::ControlFlow::{self, Break, Continue};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{self, AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::sync::watch;

use super::tls::{Stream, accept};
use super::{Behaviour, Received, Shared};

/// One connection, from the greeting to its end.
pub struct Session {
    stream: BufReader<Box<dyn Stream>>,
    shared: Arc<Shared>,
    behaviour: watch::Receiver<Behaviour>,
    authenticated: bool,
    encrypted: bool,
    from: Option<String>,
    to: Vec<String>,
}

/// Ends the session, or goes on with it.
type Flow = io::Result<ControlFlow<()>>;

impl Session {
    pub fn new(stream: impl Stream + 'static, shared: Arc<Shared>) -> Self {
        let stream: Box<dyn Stream> = Box::new(stream);
        let behaviour = shared.behaviour.subscribe();
        Self {
            stream: BufReader::new(stream),
            shared,
            behaviour,
            authenticated: false,
            encrypted: false,
            from: None,
            to: Vec::new(),
        }
    }

    pub async fn run(mut self) -> io::Result<()> {
        if *self.behaviour.borrow() == Behaviour::Tls {
            self.stream = BufReader::new(accept(self.stream.into_inner()).await?);
        }
        let mut flow = match self.misbehave("greeting").await? {
            Some(flow) => flow,
            None => self.reply("220 test ESMTP").await?,
        };
        while flow.is_continue() {
            let Some(line) = self.read_line().await? else {
                break;
            };
            flow = self.obey(&line).await?;
        }
        Ok(())
    }

    async fn obey(&mut self, line: &str) -> Flow {
        let (verb, argument) = line.split_once(' ').unwrap_or((line, ""));
        let verb = verb.to_ascii_uppercase();
        if let Some(flow) = self.misbehave(&verb).await? {
            return Ok(flow);
        }
        let is_closed = *self.behaviour.borrow() == Behaviour::RequireStartTls && !self.encrypted;
        match verb.as_str() {
            "EHLO" => {
                self.shared.hellos.lock().unwrap().push(argument.to_owned());
                self.ehlo().await
            }
            "STARTTLS" => self.start_tls().await,
            "QUIT" => self.reply("221 bye").await.map(|_| Break(())),
            _ if is_closed => self.reply("530 5.7.0 STARTTLS first").await,
            "HELO" => self.reply("250 test").await,
            "AUTH" => self.authenticate(argument).await,
            "MAIL" => self.mail(argument).await,
            "RCPT" => self.recipient(argument).await,
            "DATA" => self.data().await,
            "RSET" => {
                self.reset();
                self.reply("250 reset").await
            }
            "NOOP" => self.reply("250 ok").await,
            _ => self.reply("500 unknown command").await,
        }
    }

    async fn ehlo(&mut self) -> Flow {
        self.reset();
        let auth = if self.credentials().is_some() { "250-AUTH PLAIN LOGIN\r\n" } else { "" };
        let offers_tls = *self.behaviour.borrow() == Behaviour::RequireStartTls && !self.encrypted;
        let tls = if offers_tls { "250-STARTTLS\r\n" } else { "" };
        self.reply(&format!("250-test\r\n{auth}{tls}250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8")).await
    }

    async fn start_tls(&mut self) -> Flow {
        if self.reply("220 go on").await?.is_break() {
            return Ok(Break(()));
        }
        let (nothing, _) = io::duplex(1);
        let clear = std::mem::replace(&mut self.stream, BufReader::new(Box::new(nothing)));
        self.stream = BufReader::new(accept(clear.into_inner()).await?);
        self.encrypted = true;
        Ok(Continue(()))
    }

    /// What the behaviour says to a command, if it does.
    async fn misbehave(&mut self, verb: &str) -> io::Result<Option<ControlFlow<()>>> {
        let behaviour = self.behaviour.borrow().clone();
        match behaviour {
            Behaviour::Answer(to, answer) if to == verb => {
                self.stream.write_all(answer).await?;
                Ok(Some(Continue(())))
            }
            Behaviour::AnswerForEver(to, part) if to == verb => loop {
                self.stream.write_all(part).await?;
                self.shared.endless.fetch_add(part.len(), std::sync::atomic::Ordering::Relaxed);
            },
            _ => Ok(None),
        }
    }

    async fn authenticate(&mut self, argument: &str) -> Flow {
        let Some((user, password)) = self.credentials() else {
            return self.reply("503 no authentication here").await;
        };
        let (mechanism, initial) = argument.split_once(' ').unwrap_or((argument, ""));
        let given = match mechanism.to_ascii_uppercase().as_str() {
            "PLAIN" => self.answer(initial, "334 ").await?,
            "LOGIN" => {
                let user = self.answer(initial, "334 VXNlcm5hbWU6").await?;
                let password = self.answer("", "334 UGFzc3dvcmQ6").await?;
                user.zip(password).map(|(user, password)| format!("\0{user}\0{password}"))
            }
            _ => return self.reply("504 unknown mechanism").await,
        };
        self.authenticated = given == Some(format!("\0{user}\0{password}"));
        self.reply(if self.authenticated { "235 welcome" } else { "535 wrong credentials" }).await
    }

    /// The client's initial response, or else its reply to a challenge; `None` if that is not base64.
    async fn answer(&mut self, initial: &str, question: &str) -> io::Result<Option<String>> {
        let mut answer = initial.to_owned();
        if answer.is_empty() {
            if self.reply(question).await?.is_break() {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            answer = self.read_line().await?.unwrap_or_default();
        }
        Ok(STANDARD.decode(answer).ok().and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    async fn mail(&mut self, argument: &str) -> Flow {
        if self.credentials().is_some() && !self.authenticated {
            return self.reply("530 authentication required").await;
        }
        self.reset();
        self.from = address(argument);
        self.reply(if self.from.is_some() { "250 ok" } else { "501 no address" }).await
    }

    async fn recipient(&mut self, argument: &str) -> Flow {
        let behaviour = self.behaviour.borrow().clone();
        if let Behaviour::RefuseRecipient(code, text) = behaviour {
            return self.reply(&format!("{code} {text}")).await;
        }
        if let Behaviour::RefuseOnly(name, answer) = behaviour
            && argument.contains(name)
        {
            self.stream.write_all(answer).await?;
            return Ok(Continue(()));
        }
        if let Behaviour::StallFor(name) = behaviour
            && argument.contains(name)
        {
            let _ = self.behaviour.wait_for(|behaviour| *behaviour != Behaviour::StallFor(name)).await;
        }
        match address(argument) {
            _ if self.from.is_none() => self.reply("503 MAIL first").await,
            Some(address) => {
                self.to.push(address);
                self.reply("250 ok").await
            }
            None => self.reply("501 no address").await,
        }
    }

    async fn data(&mut self) -> Flow {
        if *self.behaviour.borrow() == Behaviour::RefuseTemporarily {
            return self.reply("451 try again later").await;
        }
        if self.to.is_empty() {
            return self.reply("503 RCPT first").await;
        }
        if self.reply("354 go on").await?.is_break() {
            return Ok(Break(()));
        }
        let data = self.read_data().await?;
        if let Some(flow) = self.misbehave(".").await? {
            return Ok(flow);
        }
        let mail = Received { from: self.from.take().unwrap_or_default(), to: std::mem::take(&mut self.to), data };
        let count = {
            let mut mails = self.shared.mails.lock().unwrap();
            mails.push(mail);
            mails.len()
        };
        // Two sessions may arrive here in the opposite order; the count must not go back.
        self.shared.arrived.send_modify(|arrived| *arrived = count.max(*arrived));
        if *self.behaviour.borrow() == Behaviour::TakeAndClose {
            return Ok(Break(()));
        }
        self.reply("250 taken").await
    }

    /// Only CR LF ends a line (RFC 5321, 2.3.8): a dot after a bare LF neither ends the mail nor was it stuffed.
    async fn read_data(&mut self) -> io::Result<Vec<u8>> {
        let mut data = Vec::new();
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.stream.read_until(b'\n', &mut line).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let at_line_start = data.is_empty() || data.ends_with(b"\r\n");
            match line.strip_prefix(b".").filter(|_| at_line_start) {
                Some(b"\r\n") => return Ok(data),
                Some(unstuffed) => data.extend_from_slice(unstuffed),
                None => data.extend_from_slice(&line),
            }
        }
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }

    fn credentials(&self) -> Option<(&'static str, &'static str)> {
        match *self.behaviour.borrow() {
            Behaviour::RequireAuth { user, password } => Some((user, password)),
            _ => None,
        }
    }

    async fn read_line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        let length = self.stream.read_line(&mut line).await?;
        Ok((length > 0).then(|| line.trim_end().to_owned()))
    }

    /// All responses go through here, so that `Stall` and `CloseConnection` work at every point of a session.
    async fn reply(&mut self, text: &str) -> Flow {
        let speaking = self.behaviour.wait_for(|behaviour| *behaviour != Behaviour::Stall).await;
        let closing = speaking.map_or(true, |behaviour| *behaviour == Behaviour::CloseConnection);
        if closing {
            return Ok(Break(()));
        }
        self.stream.write_all(format!("{text}\r\n").as_bytes()).await?;
        Ok(Continue(()))
    }
}

/// The address out of `FROM:<a@b> BODY=8BITMIME`; empty for the null sender.
fn address(argument: &str) -> Option<String> {
    let (_, rest) = argument.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    Some(address.to_owned())
}
