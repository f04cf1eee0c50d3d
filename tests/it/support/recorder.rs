//! A connection that records its statements.

use std::sync::Mutex;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};

pub struct Recorder<C> {
    pub inner: C,
    asked: Mutex<Vec<Statement>>,
}

impl<C> Recorder<C> {
    pub fn new(inner: C) -> Self {
        Self { inner, asked: Mutex::default() }
    }

    /// The statements since the last call.
    pub fn taken(&self) -> Vec<Statement> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

#[async_trait::async_trait]
impl<C: ConnectionTrait> ConnectionTrait for Recorder<C> {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.asked.lock().unwrap().push(statement.clone());
        self.inner.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.asked.lock().unwrap().push(Statement::from_string(self.get_database_backend(), sql));
        self.inner.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.asked.lock().unwrap().push(statement.clone());
        self.inner.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.asked.lock().unwrap().push(statement.clone());
        self.inner.query_all_raw(statement).await
    }
}
