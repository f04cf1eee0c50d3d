//! Yeep's API, method by method.

mod activation;
mod assignments;
mod cookie;
mod create;
mod delete;
mod info;
mod invite;
mod join;
mod join_fields;
mod keeping;
mod list;
mod members;
mod org;
mod passwords;
mod permission;
mod permission_list;
mod picture;
mod role;
mod role_list;
mod session;
mod story;
mod transport;

/// Every method that is hidden without a session.
const NEED_A_USER: [&str; 29] = [
    "session.info",
    "session.destroy",
    "org.create",
    "org.delete",
    "org.addMember",
    "org.removeMember",
    "permission.create",
    "permission.info",
    "permission.update",
    "permission.delete",
    "permission.list",
    "role.create",
    "role.info",
    "role.update",
    "role.delete",
    "role.list",
    "user.create",
    "user.info",
    "user.delete",
    "user.deactivate",
    "user.activate",
    "user.assignPermission",
    "user.revokePermission",
    "user.assignRole",
    "user.revokeRole",
    "user.list",
    "user.setPicture",
    "user.deletePicture",
    "user.invite",
];

/// An unused id.
const NOBODYS: &str = "0123456789abcdef01234567";
