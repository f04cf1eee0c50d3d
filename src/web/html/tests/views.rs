//! The views of all pages.

#[cfg(debug_assertions)]
use super::super::design;
use super::super::{
    account, accounts, activity, again, definitions, environments, exposure, failed_messages, failure, former, home,
    import, invitations, members, offers, orgs, places, sharing, slack, take_away, users,
};
use super::{Viewed, viewed};

pub fn views() -> Vec<Viewed> {
    [shared(), places(), users(), orgs(), design()].into_iter().flatten().collect()
}

fn shared() -> Vec<Viewed> {
    vec![
        viewed::<failure::ErrorView>(),
        viewed::<again::AgainView>(),
        viewed::<home::WelcomeView>(),
        viewed::<home::HomeView>(),
        viewed::<home::SearchView>(),
        viewed::<accounts::views::SignUpView>(),
        viewed::<accounts::views::SignInView>(),
        viewed::<accounts::views::VerifyView>(),
        viewed::<accounts::views::ForgotView>(),
        viewed::<accounts::views::ResetView>(),
        viewed::<accounts::views::SetupView>(),
        viewed::<account::profile::ProfileView>(),
        viewed::<account::addresses::PrimaryAddressView>(),
        viewed::<account::addresses::RemoveAddressView>(),
        viewed::<account::picture::PictureView>(),
        viewed::<account::picture::RemovePictureView>(),
        viewed::<account::sessions::SessionsView>(),
        viewed::<account::tokens::TokensView>(),
        viewed::<account::tokens::RevokeTokenView>(),
    ]
}

fn places() -> Vec<Viewed> {
    vec![
        viewed::<invitations::ticket::views::InvitationView>(),
        viewed::<invitations::views::InvitationsView>(),
        viewed::<places::LinkView>(),
        viewed::<offers::ChangeOfferView>(),
        viewed::<members::DemoteMemberView>(),
        viewed::<members::RemoveMemberView>(),
        viewed::<members::LeaveView>(),
        viewed::<activity::ActivityView>(),
        viewed::<activity::record::AllView>(),
        viewed::<activity::record::OwnView>(),
        viewed::<environments::views::EnvironmentsView>(),
        viewed::<environments::views::NewEnvironmentView>(),
        viewed::<environments::views::EnvironmentView>(),
        viewed::<environments::views::EditView>(),
        viewed::<environments::views::DeleteView>(),
        viewed::<environments::owner::CandidatesView>(),
        viewed::<environments::owner::HandOverView>(),
        viewed::<exposure::views::SecretsView>(),
        viewed::<exposure::views::DismissView>(),
        viewed::<exposure::views::ReplaceView>(),
        viewed::<sharing::SharingView>(),
        viewed::<former::FormerView>(),
        viewed::<import::ImportView>(),
        viewed::<take_away::TakeAwayView>(),
        viewed::<slack::SlackView>(),
        viewed::<slack::RemoveSlackView>(),
    ]
}

/// Those of debug builds only.
fn design() -> Vec<Viewed> {
    #[cfg(debug_assertions)]
    return vec![
        viewed::<design::PartsView>(),
        viewed::<design::mails::MailsView>(),
        viewed::<design::mails::MailsOfKindView>(),
    ];
    #[cfg(not(debug_assertions))]
    Vec::new()
}

fn users() -> Vec<Viewed> {
    vec![
        viewed::<users::views::UsersView>(),
        viewed::<users::UserView>(),
        viewed::<users::end::DeactivateView>(),
        viewed::<users::end::DeleteUserView>(),
        viewed::<users::rights::TakeBackView>(),
        viewed::<users::rights::MakeSuperuserView>(),
        viewed::<users::rights::UnmakeSuperuserView>(),
        viewed::<failed_messages::FailedMessagesView>(),
        viewed::<definitions::lists::RolesView>(),
        viewed::<definitions::views::RoleView>(),
        viewed::<definitions::views::DeleteRoleView>(),
    ]
}

fn orgs() -> Vec<Viewed> {
    vec![
        viewed::<orgs::views::OrgsView>(),
        viewed::<orgs::views::NewOrgView>(),
        viewed::<orgs::views::OrgView>(),
        viewed::<orgs::views::DeleteOrgView>(),
        viewed::<orgs::views::OrgInvitationsView>(),
        viewed::<orgs::members::MembersView>(),
        viewed::<orgs::members::MemberView>(),
        viewed::<definitions::lists::OrgRolesView>(),
        viewed::<definitions::views::OrgRoleView>(),
        viewed::<definitions::views::DeleteRightView>(),
        viewed::<definitions::views::PermissionView>(),
    ]
}
