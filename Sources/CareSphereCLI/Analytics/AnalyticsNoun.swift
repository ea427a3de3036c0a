/// What can be told of the whole.
enum AnalyticsNoun {
  static let noun = Noun(
    "analytics", "See how the community does, in figures",
    discussion: """
      Figures are counted when they are asked for, from what is stored then. Without --since and --until they are of \
      the last twelve months, this one included, divided into months; --period divides into days, weeks from Monday, \
      or years, at most 1000 of them. Times are 2025-11-13, '2025-11-13 10:30' or relative, as -8w or -1y; the `until` \
      that is told is the first moment that no longer counts. \
      Days begin and end in the organization's zone, and periods without anything are told of with zero. What is \
      counted by days, such as joining and leaving, counts the whole of the first and the last day. --as-of sets \
      what "now" and "this month" mean, whatever the range: for a month that is over give its last day as --as-of.

      --group and --where narrow everything to the people that they find, also as the recipients of messages. People \
      who have been deleted are counted where nothing is narrowed, in the past that they were part of.

      A rate is a share in percent, to one decimal; where there is nothing to divide by it is null.
      """,
    verbs: [
      AnalyticsDashboard.command,
      AnalyticsMembers.command,
      AnalyticsMessages.command,
      AnalyticsEngagement.command,
      AnalyticsReport.command,
    ])
}
