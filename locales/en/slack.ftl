## Notices in a Slack channel

slack-somebody = Somebody
slack-set-up = { $who } set up notices about { $environment } in this channel.
slack-invited = { $right ->
    [administrator] { $who } invited { $address } to { $environment } as administrator.
   *[member] { $who } invited { $address } to { $environment }.
}
slack-joined = { $who } joined { $environment }.
slack-promoted = { $who } is now an administrator of { $environment }.
