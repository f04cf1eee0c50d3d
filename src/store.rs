//! Every query. Functions take any connection, so that they run in the caller's transaction.

#![expect(
    clippy::missing_errors_doc,
    reason = "every query fails when the database cannot be had, and for nothing else"
)]

use migration::folding::folded;
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, PartialModelTrait, QueryResult, Select, Statement, Value,
};

use crate::error::Error;

pub mod activity;
pub mod addresses;
pub mod assignments;
pub mod audit;
pub mod cloud_keys;
pub mod definitions;
pub mod environment_owners;
pub mod environments;
pub mod failed_messages;
pub mod former_secrets;
pub mod installation;
pub mod invitation_changes;
pub mod invitation_grants;
pub mod invitation_links;
pub mod invitation_lists;
pub mod invitations;
pub mod locks;
pub mod members;
pub mod neglected;
pub mod orgs;
pub mod outbox;
pub mod passwords;
pub mod people;
pub mod pictures;
pub mod places;
pub mod repeats;
pub mod resets;
pub mod rights;
pub mod role_permissions;
pub mod secrets;
pub mod seen;
pub mod sessions;
pub mod sightings;
pub mod slack;
pub mod superusers;
pub mod throttles;
pub mod tokens;
pub mod users;

/// Rows of a list on a page.
pub const PAGE: usize = 50;

/// Rows of a list with buttons that shares its page: the page is to stay below 60 kB.
pub const HALF_A_PAGE: usize = 20;

/// Rows of a list that is read part by part, because nobody holds all of it in memory.
pub const PART: usize = 500;

/// How far a page counts, so that it costs as little where there are many. One more stands for all that are more.
pub const MOST_COUNTED: i64 = 100;

/// A page of a list, and where the next one begins.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// At most [`PAGE`] rows, unless more were asked for.
    pub rows: Vec<T>,
    /// The key after which the next page begins; `None` on the last.
    pub next: Option<i64>,
    /// How many rows were looked through for this page, if it is not full for that reason alone.
    pub looked_through: Option<u32>,
}

impl<T> Page<T> {
    /// Cuts a list that was read with a limit of [`PAGE`] + 1.
    fn cut(rows: Vec<T>, key: impl Fn(&T) -> i64) -> Self {
        Self::cut_at(PAGE, rows, key)
    }

    /// Cuts a list that was read with a limit of [`HALF_A_PAGE`] + 1.
    fn cut_at_half(rows: Vec<T>, key: impl Fn(&T) -> i64) -> Self {
        Self::cut_at(HALF_A_PAGE, rows, key)
    }

    /// Cuts a list that was read with a limit of `limit` + 1.
    fn cut_at(limit: usize, mut rows: Vec<T>, key: impl Fn(&T) -> i64) -> Self {
        let next =
            if rows.len() > limit { limit.checked_sub(1).and_then(|last| rows.get(last)).map(key) } else { None };
        rows.truncate(limit);
        Self { rows, next, looked_through: None }
    }

    /// A list of one.
    pub(crate) fn of_one(row: T) -> Self {
        Self { rows: vec![row], next: None, looked_through: None }
    }

    /// The page with other rows.
    ///
    /// # Errors
    /// Those of `map`.
    pub(crate) fn try_map<U, E>(self, map: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let rows = self.rows.into_iter().map(map).collect::<Result<_, E>>()?;
        Ok(Page { rows, next: self.next, looked_through: self.looked_through })
    }

    /// A page of a list that was read only as far as a bound.
    fn within(mut self, bound: Option<Bound>) -> Self {
        if let (None, Some(bound)) = (self.next, bound) {
            self.next = Some(bound.key);
            self.looked_through = Some(bound.rows);
        }
        self
    }
}

/// Where a filtered list is no longer looked through for one page, so that a search without a hit costs as little in a
/// large place as in a small one. The page says so, and the next one goes on from there.
#[derive(Clone, Copy, Debug)]
struct Bound {
    /// Of the last row that is looked at.
    key: i64,
    /// How many rows are looked at.
    rows: u32,
}

impl Bound {
    /// The bound of a list, if it has so many rows left. `keys` selects their keys, as `key`, in the order of the list.
    async fn of(
        connection: &impl ConnectionTrait,
        rows: u32,
        keys: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<Self>, Error> {
        let sql = format!("{keys} LIMIT 1 OFFSET {}", rows.saturating_sub(1));
        let row = one_row(connection, &sql, values).await?;
        row.map(|row| Ok(Self { key: row.try_get("", "key")?, rows })).transpose()
    }

    /// SQL: a further condition on the key of a list that falls.
    fn or_above(bound: Option<Self>, column: &str) -> String {
        bound.map(|bound| format!(" AND {column} >= {}", bound.key)).unwrap_or_default()
    }

    /// SQL: a further condition on the key of a list that rises.
    fn or_below(bound: Option<Self>, column: &str) -> String {
        bound.map(|bound| format!(" AND {column} <= {}", bound.key)).unwrap_or_default()
    }
}

/// One row more than fits on a page, to know whether there is a next one.
#[expect(clippy::cast_possible_wrap, reason = "a page is short")]
const PAGE_AND_ONE: i64 = PAGE as i64 + 1;

/// SQL: where a page of a list begins, and its order.
struct Sequence {
    condition: String,
    order: String,
}

/// The direction in which a list goes through its ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    /// The latest first.
    Falling,
    Rising,
}

/// The rows of `table` with these values of these columns and an id beyond `cursor`, for which there is an index of just
/// these columns. On PostgreSQL they are compared as one tuple: for a place with a good part of all rows it would
/// otherwise follow the primary key past the rows of all other places. SQLite would read a tuple's index from its end.
fn sequence(
    connection: &impl ConnectionTrait,
    table: &str,
    fixed: &[(&str, &str)],
    direction: Direction,
    cursor: &str,
) -> Sequence {
    let (beyond, within, end, suffix) = match direction {
        Direction::Falling => ('<', '>', "0".to_owned(), " DESC"),
        Direction::Rising => ('>', '<', i64::MAX.to_string(), ""),
    };
    if connection.get_database_backend() == DbBackend::Postgres {
        let columns: Vec<String> = fixed.iter().map(|(column, _)| format!("{table}.{column}")).collect();
        let values: Vec<&str> = fixed.iter().map(|(_, value)| *value).collect();
        let (columns, values) = (columns.join(", "), values.join(", "));
        let ordered: Vec<String> = fixed.iter().map(|(column, _)| format!("{table}.{column}{suffix}, ")).collect();
        return Sequence {
            condition: format!(
                "({columns}, {table}.id) {beyond} ({values}, {cursor}) AND ({columns}, {table}.id) {within} ({values}, {end})"
            ),
            order: format!("{}{table}.id{suffix}", ordered.concat()),
        };
    }
    let fixed: Vec<String> = fixed.iter().map(|(column, value)| format!("{table}.{column} = {value} AND ")).collect();
    Sequence {
        condition: format!("{}{table}.id {beyond} {cursor}", fixed.concat()),
        order: format!("{table}.id{suffix}"),
    }
}

/// SQL: whether a membership has not ended. `member` and `now` are names within the statement.
fn is_present(member: &str, now: &str) -> String {
    format!("({member}.expires_at IS NULL OR {member}.expires_at > {now})")
}

/// SQL: whether a user is a member of an org. `org_id`, `user_id` and `now` are names within the statement.
fn is_in_org(org_id: &str, user_id: &str, now: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM orgs member_of JOIN members m ON m.place_id = member_of.place_id
                 WHERE member_of.id = {org_id} AND m.user_id = {user_id} AND {})",
        is_present("m", now)
    )
}

/// SQL: whether a user is active. `user` and `now` are names within the statement.
fn is_active(user: &str, now: &str) -> String {
    format!("({user}.deactivated_at IS NULL OR {user}.deactivated_at > {now})")
}

fn statement<C: ConnectionTrait>(connection: &C, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(connection.get_database_backend(), sql, values)
}

/// What only PostgreSQL needs in a statement: SQLite has one writer.
fn on_postgres(connection: &impl ConnectionTrait, clause: &'static str) -> &'static str {
    if connection.get_database_backend() == DbBackend::Postgres { clause } else { "" }
}

async fn one<T: FromQueryResult>(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<T>, Error> {
    let row = connection.query_one_raw(statement(connection, sql, values)).await?;
    Ok(row.map(|row| T::from_query_result(&row, "")).transpose()?)
}

/// The row of a unique key. Without the LIMIT of `one`, which is bound: SQLite prepares such a statement anew each time.
async fn unique<T: PartialModelTrait + Send>(
    connection: &impl ConnectionTrait,
    query: Select<impl EntityTrait>,
) -> Result<Option<T>, Error> {
    Ok(query.into_partial_model().all(connection).await?.pop())
}

/// [`unique`] as a whole entity.
async fn unique_model<E: EntityTrait>(
    connection: &impl ConnectionTrait,
    query: Select<E>,
) -> Result<Option<E::Model>, Error> {
    Ok(query.all(connection).await?.pop())
}

async fn all<T: FromQueryResult>(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<T>, Error> {
    let rows = connection.query_all_raw(statement(connection, sql, values)).await?;
    rows.iter().map(|row| T::from_query_result(row, "").map_err(Error::from)).collect()
}

async fn one_row(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<QueryResult>, Error> {
    Ok(connection.query_one_raw(statement(connection, sql, values)).await?)
}

/// Executes a statement; how many rows it touched.
async fn execute(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, Error> {
    let result = connection.execute_raw(statement(connection, sql, values)).await?;
    Ok(result.rows_affected())
}

/// Rows that one change deletes at most, so that others come in between.
const SWEPT_AT_ONCE: u64 = 500;

/// Deletes some rows for which a condition holds: whether there may be more.
async fn delete_some(
    connection: &impl ConnectionTrait,
    table: &str,
    key: &str,
    condition: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<bool, Error> {
    let some = format!("SELECT {key} FROM {table} WHERE {condition} LIMIT {SWEPT_AT_ONCE}");
    let deleted = execute(connection, &format!("DELETE FROM {table} WHERE {key} IN ({some})"), values).await?;
    Ok(deleted >= SWEPT_AT_ONCE)
}

/// A search uses at most this many words.
const MOST_WORDS: usize = 10;

/// SQL: a further condition that a column with a [search key](migration::folding::search_key) holds all words of a search,
/// in any order. Adds the words to the values.
fn with_all_words(column: &str, search: &str, values: &mut Vec<Value>) -> String {
    let search = folded(search);
    let words = search.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS);
    words
        .map(|word| {
            values.push(format!("%{}%", like_literal(word)).into());
            format!(" AND {column} LIKE ${} ESCAPE '!'", values.len())
        })
        .collect()
}

/// SQL: `count` numbered values, the first of which is `first`.
fn numbered(first: usize, count: usize) -> String {
    let numbers: Vec<String> = (first..first.saturating_add(count)).map(|number| format!("${number}")).collect();
    numbers.join(", ")
}

/// A text that LIKE takes literally, with `!` as the escape character.
fn like_literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '!' | '%' | '_') {
            literal.push('!');
        }
        literal.push(c);
    }
    literal
}
