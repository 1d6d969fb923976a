//! The nodes of a page that are more than sentences: tables, pictures, messages, hops.

use crate::assemble::Assembler;
use crate::error::DataError;
use crate::file::{FlowEntry, HopEntry, MessageEntry, TableEntry};
use crate::inline::{self, Inline};
use crate::node::{Flow, FlowNode, Hop, Message, Table};
use toml::Spanned;

impl Assembler<'_> {
    pub(crate) fn table(&self, entry: Spanned<TableEntry>) -> Result<Table, DataError> {
        let span = entry.span();
        let TableEntry { caption, columns, rows, exact } = entry.into_inner();
        if columns.len() < 2 || rows.is_empty() {
            return Err(self.wrong(&span, "a table needs two columns and a row"));
        }
        if let Some(row) = rows.iter().find(|row| row.as_ref().len() != columns.len()) {
            return Err(self.wrong(&row.span(), format!("a row of this table has {} cells", columns.len())));
        }
        let rows = rows.iter().map(|row| row.as_ref().iter().map(|cell| self.cell(cell)).collect());
        Ok(Table { caption, columns, rows: rows.collect::<Result<_, _>>()?, exact })
    }

    fn cell(&self, written: &Spanned<String>) -> Result<Vec<Inline>, DataError> {
        inline::parse(written.as_ref()).map_err(|what| self.wrong(&written.span(), what))
    }

    pub(crate) fn flow(&self, entry: Spanned<FlowEntry>) -> Result<Flow, DataError> {
        let span = entry.span();
        let FlowEntry { caption, nodes, edges } = entry.into_inner();
        if edges.is_empty() {
            return Err(self.wrong(&span, "a picture needs an edge"));
        }
        self.once(nodes.iter().map(|node| (node.id.as_ref().as_str(), node.id.span())), "node")?;
        for edge in &edges {
            let ends = [&edge.as_ref().from, &edge.as_ref().to];
            if let Some(end) = ends.into_iter().find(|end| !nodes.iter().any(|node| node.id.as_ref() == *end))
            {
                return Err(self.wrong(&edge.span(), format!("the picture has no node {end:?}")));
            }
        }
        let nodes = nodes.into_iter().map(|node| {
            let name = self.segment(&node.name)?;
            Ok(FlowNode { id: node.id.into_inner(), name, what: node.what })
        });
        let nodes = nodes.collect::<Result<_, DataError>>()?;
        Ok(Flow { caption, nodes, edges: edges.into_iter().map(Spanned::into_inner).collect() })
    }

    pub(crate) fn message(&self, entry: MessageEntry) -> Result<Message, DataError> {
        let lines = entry.lines.iter().map(|line| self.segment(line)).collect::<Result<_, _>>()?;
        Ok(Message { subject: entry.subject, lines })
    }

    pub(crate) fn hops(&self, entries: Vec<HopEntry>) -> Result<Vec<Hop>, DataError> {
        self.once(entries.iter().map(|hop| (hop.id.as_ref().as_str(), hop.id.span())), "hop")?;
        entries.into_iter().map(|hop| self.hop(hop)).collect()
    }

    fn hop(&self, entry: HopEntry) -> Result<Hop, DataError> {
        let HopEntry { id, title, expect, wrong } = entry;
        self.once(wrong.iter().map(|one| (one.id.as_ref().as_str(), one.id.span())), "observation")?;
        if wrong.is_empty() {
            return Err(self.wrong(&id.span(), "a hop needs something that can be seen when it is wrong"));
        }
        for step in wrong.iter().filter_map(|one| one.step.as_ref()) {
            if !self.service.steps.contains(step.as_ref()) {
                let what = format!("{} has no step {}", self.service.name, step.as_ref());
                return Err(self.wrong(&step.span(), what));
            }
        }
        Ok(Hop { id: id.into_inner(), title, expect, wrong: wrong.into_iter().map(Into::into).collect() })
    }
}
