//! Pages of lists: which rows a page has is found first, and then what is told of them is read.

use sea_orm::{
    Condition, ConnectionTrait as _, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, Statement,
    sea_query::{Alias, ExprTrait, Order, Query, UnionType, extension::postgres::PgFunc},
};
use uuid::Uuid;

use super::{PageQuery, Tx, column, newest_first};
use crate::error::Result;

/// One that a page has.
#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
}

impl Tx {
    /// The ids of a page, newest first by (time, id), and of one row more: of the rows that one sees in any of these ways and
    /// that fit a question. Each way is a subquery with an order and a limit of its own, because only there an index gives
    /// the newest, however many rows there are.
    pub(super) async fn found<E: EntityTrait>(
        &self,
        ways: Vec<Condition>,
        which: &Condition,
        (time, id): (E::Column, E::Column),
        page: &PageQuery,
    ) -> Result<Vec<Uuid>> {
        let (by_time, by_id) = (Alias::new("time"), Alias::new("id"));
        let in_way = |way| {
            let rows = E::find().select_only().column_as(id, "id").column_as(time, "time");
            let rows = newest_first(rows.filter(which.clone()).filter(way), time, id, page);
            Query::select()
                .columns([by_id.clone(), by_time.clone()])
                .from_subquery(rows.into_query(), "way")
                .to_owned()
        };
        let all = ways
            .into_iter()
            .map(in_way)
            .reduce(|mut all, way| all.union(UnionType::Distinct, way).to_owned());
        let Some(all) = all else { return Ok(Vec::new()) };
        let newest = Query::select()
            .column(by_id.clone())
            .from_subquery(all, "found")
            .order_by(by_time.clone(), Order::Desc)
            .order_by(by_id.clone(), Order::Desc)
            .limit(page.size + 1)
            .to_owned();
        let found = self.anew::<Found>(self.link.get_database_backend().build(&newest)).await?;
        Ok(found.into_iter().map(|found| found.id).collect())
    }

    /// The rows of a statement that is planned for who asks, each time: where a page is found best depends on how much of all
    /// there is somebody sees, and a plan that is kept fits somebody else.
    pub(super) async fn anew<M: FromQueryResult>(&self, statement: Statement) -> Result<Vec<M>> {
        let rows = self.link.query_anew(statement).await?;
        Ok(rows.iter().map(|row| M::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    /// The same for a whole page in one statement.
    pub(super) async fn page_anew<M: FromQueryResult>(&self, select: &impl QueryTrait) -> Result<Vec<M>> {
        self.anew(select.build(self.link.get_database_backend())).await
    }
}

/// Those rows, newest first. To plan what is told of them takes longer than to read it, and one plan fits all.
pub(super) fn these<E: EntityTrait>(
    select: Select<E>,
    (time, id): (E::Column, E::Column),
    found: Vec<Uuid>,
) -> Select<E> {
    select.filter(column(id).eq(PgFunc::any(found))).order_by_desc(time).order_by_desc(id)
}
