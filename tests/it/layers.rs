//! The layers of ARCHITECTURE.md: a module uses only its own layer and those below, and no files depend on each other
//! in a cycle; a module may use its ancestors. And every path in that text exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{ItemMod, ItemUse, UseTree};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A module's path in the crate: `domain::orgs`.
type Module = Vec<String>;

/// All modules with their sources.
fn modules(dir: &Path, above: &Module, found: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let module = [above.as_slice(), std::slice::from_ref(&name)].concat();
        if path.is_dir() {
            modules(&path, &module, found);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !(above.is_empty() && ["lib", "main"].contains(&name.as_str()))
        {
            found.insert(module, fs::read_to_string(&path).unwrap());
        }
    }
}

/// The names that a file uses, except in its tests.
struct Named<'a> {
    module: &'a Module,
    /// The imports, by local name.
    brought: BTreeMap<String, Module>,
    /// From the crate root; paths of other crates look like children of this file.
    paths: BTreeSet<Module>,
}

impl Named<'_> {
    /// A path from the crate root.
    fn absolute(&self, path: &[String]) -> Module {
        let mut from = self.module.clone();
        let mut rest = path;
        while let Some((first, after)) = rest.split_first() {
            match first.as_str() {
                "crate" => from.clear(),
                "self" => {}
                "super" => drop(from.pop()),
                _ => break,
            }
            rest = after;
        }
        [from.as_slice(), rest].concat()
    }

    fn bring(&mut self, path: &[String], name: &str) {
        let absolute = self.absolute(path);
        self.brought.insert(name.to_owned(), absolute.clone());
        self.paths.insert(absolute);
    }

    fn bring_all(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        let last = before.last().cloned().unwrap_or_default();
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.bring_all(&path.tree, before);
                before.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.bring_all(tree, before)),
            UseTree::Name(name) if name.ident == "self" => self.bring(before, &last),
            UseTree::Rename(rename) if rename.ident == "self" => self.bring(before, &rename.rename.to_string()),
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.bring(&[before.as_slice(), std::slice::from_ref(&name)].concat(), &name);
            }
            UseTree::Rename(rename) => {
                let path = [before.as_slice(), &[rename.ident.to_string()]].concat();
                self.bring(&path, &rename.rename.to_string());
            }
            UseTree::Glob(_) => self.bring(before, &last),
        }
    }
}

impl Visit<'_> for Named<'_> {
    fn visit_item_use(&mut self, item: &ItemUse) {
        self.bring_all(&item.tree, &mut Vec::new());
    }

    fn visit_item_mod(&mut self, item: &ItemMod) {
        if item.ident != "tests" {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let path_of = |brought: &Module| [brought.as_slice(), &names[1..]].concat();
        let absolute = self.brought.get(&names[0]).map_or_else(|| self.absolute(&names), path_of);
        self.paths.insert(absolute);
        visit::visit_path(self, path);
    }
}

/// The modules that each module uses.
fn imports() -> BTreeMap<Module, BTreeSet<Module>> {
    let mut sources = BTreeMap::new();
    modules(&root().join("src"), &Vec::new(), &mut sources);
    let of = |(module, source): (&Module, &String)| {
        let file = syn::parse_file(source).unwrap();
        let mut named = Named { module, brought: BTreeMap::new(), paths: BTreeSet::new() };
        // Twice: a name may be used above its import.
        named.visit_file(&file);
        named.visit_file(&file);
        let taken = named.paths.iter().filter_map(|path| {
            let longest = (1..=path.len()).rev().map(|length| &path[..length]).find(|part| sources.contains_key(*part));
            longest.map(<[String]>::to_vec).filter(|taken| taken != module)
        });
        (module.clone(), taken.collect())
    };
    sources.iter().map(of).collect()
}

/// The rows of the table of layers, highest first, with their modules.
fn layers() -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows = text.lines().skip_while(|line| !line.starts_with("| layer |")).skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .map(|row| row.split('|').nth(2).unwrap().split('`').skip(1).step_by(2).map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_layer_takes_only_from_itself_and_those_below() {
    let layers = layers();
    let layer_of = |module: &str| {
        let found = layers.iter().position(|layer| layer.iter().any(|one| one == module));
        found.unwrap_or_else(|| panic!("{module} is in no layer of ARCHITECTURE.md"))
    };
    let imports = imports();
    assert!(imports.len() > 200, "{} files were read", imports.len());
    let mut wrong = Vec::new();
    for (module, taken) in &imports {
        for other in taken {
            if layer_of(&other[0]) < layer_of(&module[0]) {
                wrong.push(format!("{} takes from {}", module.join("::"), other.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_files_need_each_other_in_a_circle() {
    let mut imports = imports();
    for (module, taken) in &mut imports {
        taken.retain(|other| !module.starts_with(other));
    }
    // A module without remaining dependencies is in no cycle.
    loop {
        let free: Vec<Module> =
            imports.iter().filter(|(_, taken)| taken.is_empty()).map(|(module, _)| module.clone()).collect();
        if free.is_empty() {
            break;
        }
        for module in &free {
            imports.remove(module);
        }
        for taken in imports.values_mut() {
            taken.retain(|other| !free.contains(other));
        }
    }
    assert!(imports.is_empty(), "in a circle, or above one: {imports:#?}");
}

/// All files and folders of the repository, except build output and git's.
fn everything(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with('.') || ["target", "data"].contains(&name) {
            continue;
        }
        if path.is_dir() {
            everything(&path, found);
        }
        found.push(path.strip_prefix(root()).unwrap().to_owned());
    }
}

/// Code spans that look like paths of the repository: `db/writer.rs`, `domain/access`, `fields.rs`.
fn paths_named(text: &str) -> BTreeSet<&str> {
    let is_path = |text: &&str| {
        let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "._/-".contains(c));
        let looks_so = text.contains('/') || [".rs", ".md", ".ftl"].iter().any(|ending| text.ends_with(ending));
        plain && looks_so && !text.starts_with('/')
    };
    text.split('`').skip(1).step_by(2).filter(is_path).collect()
}

#[test]
fn the_paths_that_architecture_names_are_there() {
    let mut found = Vec::new();
    everything(&root(), &mut found);
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, text) = text.split_once("| layer |").unwrap();
    let named = paths_named(text);
    assert!(named.len() > 50, "{named:?}");
    // In a section on one module, paths are relative to it. Paths from the root must be complete.
    let is_there = |named: &&&str| {
        let whole = named.starts_with("src/");
        let module = format!("{named}.rs");
        found
            .iter()
            .any(|path| if whole { path == Path::new(named) } else { path.ends_with(named) || path.ends_with(&module) })
    };
    let missing: Vec<_> = named.iter().filter(|named| !is_there(named)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
