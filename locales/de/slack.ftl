## Nachrichten in einem Slack-Kanal

slack-somebody = Jemand
slack-set-up = { $who } hat in diesem Kanal Nachrichten über { $environment } eingerichtet.
slack-invited = { $right ->
    [administrator] { $who } hat { $address } als Administrator in { $environment } eingeladen.
   *[member] { $who } hat { $address } in { $environment } eingeladen.
}
slack-joined = { $who } ist jetzt in { $environment } dabei.
slack-promoted = { $who } ist jetzt Administrator von { $environment }.
