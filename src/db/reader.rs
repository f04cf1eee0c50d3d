//! Connections for reading.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseExecutor, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    TransactionTrait as _,
};

use super::batch::Batch;
use super::postgres::Server;
use super::{PATIENCE, Reads, SEARCH_PATIENCE};
use crate::outage::{self, Cause, Outage, Outages};

/// Connections for reading. They never wait for a writer; a query that exceeds the time limit fails as unavailable.
#[derive(Clone, Debug)]
pub struct Reader {
    pub(super) connections: Connections,
    pub(super) reads: Reads,
    pub(super) outages: Arc<Outages>,
}

#[derive(Clone, Debug)]
pub(super) enum Connections {
    Sqlite(DatabaseConnection),
    Postgres(Arc<Server>),
    /// Sees what the transaction has written so far.
    Batch(Arc<Batch>),
}

impl Reader {
    fn connection(&self) -> DatabaseExecutor<'_> {
        match &self.connections {
            Connections::Sqlite(connection) => connection.into(),
            Connections::Postgres(server) => server.reader(self.reads).into(),
            Connections::Batch(batch) => batch.transaction().into(),
        }
    }

    /// The work may be done more than once.
    async fn answer<T, F>(&self, work: impl Fn() -> F + Send + Sync) -> Result<T, DbErr>
    where
        F: Future<Output = Result<T, DbErr>> + Send,
    {
        let answer = match self.reads {
            Reads::Pages => self.answer_in_time(work, PATIENCE).await,
            Reads::Searches => self.answer_in_time(work, SEARCH_PATIENCE).await.map_err(ended),
        };
        if let Some(outage) = answer.as_ref().err().and_then(Outage::of) {
            self.outages.note(&outage);
            if let Connections::Batch(batch) = &self.connections {
                batch.note_outage();
            }
        }
        answer
    }

    async fn answer_in_time<T, F>(&self, work: impl Fn() -> F + Send + Sync, patience: Duration) -> Result<T, DbErr>
    where
        F: Future<Output = Result<T, DbErr>> + Send,
    {
        let work = async {
            match &self.connections {
                Connections::Sqlite(_) | Connections::Batch(_) => work().await,
                Connections::Postgres(server) => server.answer(work).await,
            }
        };
        if let Connections::Batch(_) = &self.connections {
            return work.await;
        }
        tokio::time::timeout(patience, work).await.unwrap_or_else(|_| Err(outage::timed_out()))
    }

    /// Rows, from a transaction that PostgreSQL ends when the search takes too long: a client that stops waiting would
    /// leave the server at work. A setting of the connection would outlast it at a pooler.
    async fn search(server: &Server, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let txn = server.reader(Reads::Searches).begin().await?;
        let limit = format!("SET LOCAL statement_timeout = {}", SEARCH_PATIENCE.as_millis());
        txn.execute_unprepared(&limit).await?;
        let rows = txn.query_all_raw(statement).await?;
        txn.commit().await?;
        Ok(rows)
    }
}

/// What a search failed of, if that was its length or that of those before it.
fn ended(error: DbErr) -> DbErr {
    match Outage::of(&error) {
        Some(Outage { cause: Cause::Silent | Cause::NoneFree | Cause::TooLong, .. }) => outage::took_too_long(),
        _ => error,
    }
}

#[rocket::async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        self.connection().get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.answer(|| async { self.connection().execute_raw(statement.clone()).await }).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.answer(|| async { self.connection().execute_unprepared(sql).await }).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        if self.reads == Reads::Searches {
            return Ok(self.query_all_raw(statement).await?.into_iter().next());
        }
        self.answer(|| async { self.connection().query_one_raw(statement.clone()).await }).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match &self.connections {
            Connections::Postgres(server) if self.reads == Reads::Searches => {
                self.answer(|| Self::search(server, statement.clone())).await
            }
            _ => self.answer(|| async { self.connection().query_all_raw(statement.clone()).await }).await,
        }
    }
}
