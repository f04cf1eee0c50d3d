//! Connections for reading.

use std::future::Future;
use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseExecutor, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use super::PATIENCE;
use super::batch::Batch;
use super::postgres::Server;
use crate::outage::{self, Outage, Outages};

/// Connections for reading. They never wait for a writer; a query that exceeds the time limit fails as unavailable.
#[derive(Clone, Debug)]
pub struct Reader {
    pub(super) connections: Connections,
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
            Connections::Postgres(server) => server.pool().into(),
            Connections::Batch(batch) => batch.transaction().into(),
        }
    }

    async fn answer<T>(&self, work: impl Future<Output = Result<T, DbErr>> + Send) -> Result<T, DbErr> {
        let answer = match &self.connections {
            Connections::Sqlite(_) => {
                tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(outage::timed_out()))
            }
            Connections::Postgres(server) => server.answer(work).await,
            Connections::Batch(_) => work.await,
        };
        if let Some(outage) = answer.as_ref().err().and_then(Outage::of) {
            self.outages.note(&outage);
            if let Connections::Batch(batch) = &self.connections {
                batch.note_outage();
            }
        }
        answer
    }
}

#[rocket::async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        self.connection().get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.answer(self.connection().execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.answer(self.connection().execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.answer(self.connection().query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.answer(self.connection().query_all_raw(statement)).await
    }
}
