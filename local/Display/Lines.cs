using System.Globalization;

namespace Mlops.Local.Display;

/// <summary>The words of every event, without color.</summary>
internal static class Lines
{
    public static IEnumerable<string> Of(LocalEvent happened) =>
        happened switch
        {
            PackagesChosen packages => [PackagesLine(packages.Source)],
            Note note => [note.Text],
            StepDone step =>
            [
                string.Create(CultureInfo.InvariantCulture, $"{step.Text} ({step.Took.TotalSeconds:0.0} s)"),
            ],
            Ready ready => ReadyLines(ready),
            LeftOut left => [$"not carried out locally ({left.Where}):", .. left.Things.Select(thing => $"  {thing}")],
            ExampleAnswered answered =>
            [
                $"POST /provisionpipeline with the example of {answered.Type}: {answered.Status}",
                .. answered.Status == 200
                    ? [$"  {answered.Answer["message"]}", $"  {answered.Answer["pipeline_id"]}"]
                    : new[] { $"  {answered.Answer.ToJsonString()}" },
            ],
            PipelineEnded ended => [$"{ended.Name}: {ended.Status}{(ended.Reason is { } reason ? $": {reason}" : "")}"],
            ApprovalNeeded needed => ApprovalLines(needed),
            EndpointSeen endpoint =>
            [
                $"endpoint {endpoint.Name}{(endpoint.Account is { } account ? $" in account {account}" : "")}: {endpoint.Status}",
            ],
            MailArrived mail =>
            [
                $"mail from the notification topic{(mail.Subject is { } subject ? $": {subject}" : "")}",
                .. mail.Text.Split('\n').Select(line => $"  | {line.TrimEnd('\r')}"),
            ],
            TryNext next =>
            [
                "",
                "Try next, in another terminal:",
                .. next.Commands.SelectMany(command => new[] { "", $"  # {command.Why}", $"  {command.Command}" }),
                "",
            ],
            Failed failed => [failed.Text],
            _ => [],
        };

    public static string PackagesLine(string source) =>
        source == "standins"
            ? "packages: stand-ins (the registry does not serve the official ones; docs/packages.md)"
            : "packages: official";

    private static IEnumerable<string> ApprovalLines(ApprovalNeeded needed) =>
        [
            $"{needed.Stage} waits for an approval{(needed.Text is null ? "" : ". It would change:")}",
            .. (needed.Text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"  | {line}"),
            .. (needed.Text ?? "").Contains("\nchange ", StringComparison.Ordinal)
                ? ["  moto does not tell which of what changes is made anew; AWS does, and then it says REPLACE"]
                : Array.Empty<string>(),
            .. needed.Link is { } link ? [$"  all of it: {link}"] : Array.Empty<string>(),
        ];

    /// <summary>Where pipelines deliver to, unless it is the orchestrator account alone.</summary>
    private static string Targets(SessionInfo info) =>
        info.Targets.All(target => target.Account == info.Account)
            ? ""
            : $"; delivers to {string.Join(", ", info.Targets.Select(target => $"{target.Name} ({target.Account})"))}";

    private static IEnumerable<string> ReadyLines(Ready ready) =>
        [
            $"{ready.Resources} resources created; stack {ready.Info.Stack}, account {ready.Info.Account}, {ready.Info.Region}{Targets(ready.Info)}",
            $"  API            {ready.Info.Api}",
            $"  AWS            {ready.Info.Aws}",
            $"  assets bucket  {ready.Info.AssetsBucket}",
        ];
}
