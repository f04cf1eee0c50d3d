//! Compares the names in a template with its samples. Tera treats an unknown name in a condition as false, so rendering
//! alone does not find a misspelt field.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use tera::Tera;
use tera::ast::{Expr, ExprVal, Forloop, FunctionCall, MacroCall, MacroDefinition, Node};

use super::shape::{Found, Shape};

/// What applies to all templates.
pub struct Macros<'a> {
    /// Macros by namespace.
    by_namespace: BTreeMap<&'a str, BTreeMap<&'a str, &'a MacroDefinition>>,
}

impl<'a> Macros<'a> {
    pub fn of(tera: &'a Tera) -> Self {
        let mut by_namespace = BTreeMap::new();
        for template in tera.templates.values() {
            for (file, namespace) in &template.imported_macro_files {
                let macros = &tera.templates[file].macros;
                let macros = macros.iter().map(|(name, definition)| (name.as_str(), definition)).collect();
                by_namespace.insert(namespace.as_str(), macros);
            }
        }
        Self { by_namespace }
    }
}

/// A walk through a template with all samples at once.
pub struct Names<'a> {
    macros: &'a Macros<'a>,
    scopes: Vec<BTreeMap<String, Shape>>,
    /// Names without a sample, and lists that are empty in all samples.
    pub unknown: BTreeSet<String>,
    /// The paths read.
    used: BTreeSet<String>,
    /// The paths below which everything was read at once.
    taken: BTreeSet<String>,
}

impl<'a> Names<'a> {
    pub fn new(macros: &'a Macros<'a>, samples: &[Map<String, Value>]) -> Self {
        let mut root: BTreeMap<String, Shape> = BTreeMap::new();
        for (name, value) in samples.iter().flatten() {
            let shape = root.entry(name.clone()).or_default();
            shape.found.push(Found { path: name.clone(), value: value.clone() });
        }
        let (unknown, used, taken) = Default::default();
        Self { macros, scopes: vec![root], unknown, used, taken }
    }

    /// Visits nodes in a new scope.
    pub fn walk(&mut self, nodes: &'a [Node]) {
        self.scopes.push(BTreeMap::new());
        self.body(nodes);
        self.scopes.pop();
    }

    /// The fields in `samples` that no template read.
    pub fn unused(&self, samples: &[Map<String, Value>]) -> BTreeSet<String> {
        let mut unused = BTreeSet::new();
        for (name, value) in samples.iter().flatten() {
            self.gather_unused(name, value, &mut unused);
        }
        unused
    }

    fn gather_unused(&self, path: &str, value: &Value, unused: &mut BTreeSet<String>) {
        if self.taken.contains(path) {
            return;
        }
        if !path.ends_with("[]") && !self.used.contains(path) {
            unused.insert(path.to_owned());
        }
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.gather_unused(&format!("{path}.{name}"), value, unused);
                }
            }
            Value::Array(values) => {
                for value in values {
                    self.gather_unused(&format!("{path}[]"), value, unused);
                }
            }
            _ => {}
        }
    }

    fn body(&mut self, nodes: &'a [Node]) {
        for node in nodes {
            match node {
                Node::VariableBlock(_, shown) => self.take(shown),
                Node::Set(_, set) => {
                    let shape = self.expression(&set.value);
                    let depth = if set.global { 0 } else { self.scopes.len() - 1 };
                    let known = self.scopes[depth].remove(&set.key).unwrap_or_default();
                    self.scopes[depth].insert(set.key.clone(), known.or(shape));
                }
                Node::FilterSection(_, section, _) => self.body(&section.body),
                Node::Block(_, block, _) => self.walk(&block.body),
                Node::Forloop(_, forloop, _) => self.forloop(forloop),
                Node::If(choice, _) => {
                    for (_, condition, body) in &choice.conditions {
                        self.expression(condition);
                        self.body(body);
                    }
                    choice.otherwise.iter().for_each(|(_, body)| self.body(body));
                }
                Node::Include(..) => panic!("no template includes another"),
                Node::Super
                | Node::Text(_)
                | Node::MacroDefinition(..)
                | Node::Extends(..)
                | Node::ImportMacro(..)
                | Node::Raw(..)
                | Node::Break(_)
                | Node::Continue(_)
                | Node::Comment(..) => {}
            }
        }
    }

    fn forloop(&mut self, forloop: &'a Forloop) {
        let list = self.expression(&forloop.container);
        let mut elements = list.elements();
        // A map's keys are arbitrary.
        let maps = list.found.iter().filter(|found| found.value.is_object());
        self.taken.extend(maps.map(|map| map.path.clone()));
        if elements.is_empty() {
            self.unknown.insert(format!("no sample has elements for `{}` of {:?}", forloop.value, paths(&list)));
            elements = Shape::open();
        }
        let mut scope = BTreeMap::from([(forloop.value.clone(), elements), ("loop".to_owned(), Shape::open())]);
        scope.extend(forloop.key.clone().map(|key| (key, Shape::open())));
        self.scopes.push(scope);
        self.body(&forloop.body);
        self.scopes.pop();
        forloop.empty_body.iter().for_each(|body| self.body(body));
    }

    /// Evaluates an expression whose whole value is shown or passed on.
    fn take(&mut self, expression: &'a Expr) {
        let shape = self.expression(expression);
        self.taken.extend(paths(&shape));
    }

    fn expression(&mut self, expression: &'a Expr) -> Shape {
        let shape = self.value(&expression.val);
        expression.filters.iter().fold(shape, |shape, filter| self.filtered(shape, filter))
    }

    fn filtered(&mut self, shape: Shape, filter: &'a FunctionCall) -> Shape {
        if filter.name == "default" {
            return shape.or(self.expression(&filter.args["value"]));
        }
        filter.args.values().for_each(|argument| self.take(argument));
        if filter.name != "length" {
            self.taken.extend(paths(&shape));
        }
        Shape::open()
    }

    fn value(&mut self, value: &'a ExprVal) -> Shape {
        match value {
            ExprVal::String(text) => return Shape::literal(text.as_str()),
            ExprVal::Bool(yes) => return Shape::literal(*yes),
            ExprVal::Int(_) | ExprVal::Float(_) => {}
            ExprVal::Ident(path) => return self.look_up(path),
            ExprVal::Math(math) => [&math.lhs, &math.rhs].into_iter().for_each(|side| self.take(side)),
            ExprVal::Logic(logic) => [&logic.lhs, &logic.rhs].into_iter().for_each(|side| drop(self.expression(side))),
            ExprVal::In(inside) => [&inside.lhs, &inside.rhs].into_iter().for_each(|side| self.take(side)),
            ExprVal::Test(test) => {
                self.look_up(&test.ident);
                test.args.iter().for_each(|argument| self.take(argument));
            }
            ExprVal::MacroCall(call) => self.call(call),
            ExprVal::FunctionCall(call) => call.args.values().for_each(|argument| self.take(argument)),
            ExprVal::Array(values) => values.iter().for_each(|value| self.take(value)),
            ExprVal::StringConcat(parts) => {
                for part in &parts.values {
                    let shape = self.value(part);
                    self.taken.extend(paths(&shape));
                }
            }
        }
        Shape::open()
    }

    fn call(&mut self, call: &'a MacroCall) {
        let name = format!("{}::{}", call.namespace, call.name);
        let namespace = self.macros.by_namespace.get(call.namespace.as_str());
        let Some(definition) = namespace.and_then(|macros| macros.get(call.name.as_str())).copied() else {
            self.unknown.insert(format!("no macro {name}"));
            return;
        };
        for argument in call.args.keys().filter(|argument| !definition.args.contains_key(*argument)) {
            self.unknown.insert(format!("{name} takes no `{argument}`"));
        }
        let mut scope = BTreeMap::new();
        for (argument, default) in &definition.args {
            match call.args.get(argument).or(default.as_ref()) {
                Some(given) => drop(scope.insert(argument.clone(), self.expression(given))),
                None => drop(self.unknown.insert(format!("{name} needs `{argument}`"))),
            }
        }
        // A macro sees only its arguments.
        let outside = std::mem::replace(&mut self.scopes, vec![scope]);
        self.body(&definition.body);
        self.scopes = outside;
    }

    /// The value of a dotted path: `form.faults[name]`.
    fn look_up(&mut self, path: &str) -> Shape {
        let mut steps = path.split(['.', '[']);
        let root = steps.next().unwrap_or_default();
        let Some(mut shape) = self.scopes.iter().rev().find_map(|scope| scope.get(root)).cloned() else {
            self.unknown.insert(format!("no sample has `{root}`"));
            return Shape::open();
        };
        self.used.extend(paths(&shape));
        for step in steps {
            shape = match step.strip_suffix(']') {
                Some(name) => {
                    let name = self.look_up(name);
                    self.taken.extend(paths(&name));
                    self.taken.extend(paths(&shape));
                    return Shape::open();
                }
                None => shape.field(step),
            };
            if shape.is_empty() {
                self.unknown.insert(format!("no sample has `{step}` of `{path}`"));
                return Shape::open();
            }
            self.used.extend(paths(&shape));
        }
        shape
    }
}

fn paths(shape: &Shape) -> BTreeSet<String> {
    shape.found.iter().map(|found| found.path.clone()).collect()
}
