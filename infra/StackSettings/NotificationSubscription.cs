using System.Text.RegularExpressions;
using Mlops.Provisioning.Requests;

namespace Mlops.Infra;

/// <summary>Who hears of everything besides the mailbox (<c>mlops:notificationSubscription</c>).</summary>
/// <param name="Protocol"><c>https</c> or <c>sqs</c>, as SNS calls it.</param>
/// <param name="Endpoint">An address that begins with <c>https://</c>, or the ARN of a queue.</param>
public sealed partial record NotificationSubscription(string Protocol, string Endpoint)
{
    private const string Https = "https";
    private const string Sqs = "sqs";
    private const string Address = "https://example.com/mlops";

    internal static NotificationSubscription? Read(StackSettingsReader reader, string key)
    {
        if (
            reader.Value(key) is not { } text
            || StructuredSettings.Parts(reader, key, text, "protocol", Https) is not { } parts
        )
        {
            return null;
        }

        foreach (var part in parts.Keys.Except(["protocol", "endpoint"]))
        {
            var meant = Nearest.To(part, ["protocol", "endpoint"]);
            reader.Problem(
                key,
                $"it has no part \"{part}\"{(meant is null ? ", but protocol and endpoint" : $": did you mean {meant}?")}",
                SettingCommand.RemovePart(SettingCommand.Path(key, part))
            );
        }

        var protocol = parts.GetValueOrDefault("protocol")?.Trim() ?? "";
        var endpoint = parts.GetValueOrDefault("endpoint")?.Trim() ?? "";
        if (protocol is not (Https or Sqs))
        {
            reader.Problem(
                $"{key}.protocol",
                $"\"{protocol}\" is none of {Https}, {Sqs}",
                SettingCommand.SetPart(
                    $"{key}.protocol",
                    endpoint.StartsWith("arn:", StringComparison.Ordinal) ? Sqs : Https
                )
            );
        }
        else if (WhyNot(protocol, endpoint) is { } why)
        {
            reader.Problem(
                $"{key}.endpoint",
                why,
                SettingCommand.SetPart(
                    $"{key}.endpoint",
                    protocol == Sqs ? $"arn:aws:sqs:us-east-1:123456789012:mlops" : Address
                )
            );
        }

        return new NotificationSubscription(protocol, endpoint);
    }

    private static string? WhyNot(string protocol, string endpoint) =>
        protocol == Https
            ? Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
                ? null
                : $"\"{endpoint}\" is not an address that begins with https://"
            : !Queue().IsMatch(endpoint)
                ? $"\"{endpoint}\" is not the ARN of a queue"
                : endpoint.EndsWith(".fifo", StringComparison.Ordinal)
                    ? $"\"{endpoint}\" is a FIFO queue, which a standard topic does not send to"
                    : null;

    [GeneratedRegex(
        "^arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,75}(\\.fifo)?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Queue();
}
