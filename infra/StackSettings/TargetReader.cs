using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using Mlops.Provisioning;
using Mlops.Provisioning.Requests;

namespace Mlops.Infra;

/// <summary>Reads one target, and tells of everything that is wrong with it.</summary>
/// <param name="reader">Collects problems.</param>
/// <param name="path">Where the target is: <c>mlops:targets[0]</c>.</param>
/// <param name="item">Its JSON object.</param>
/// <param name="ownAccount">The orchestrator account, where the settings name it.</param>
internal sealed class TargetReader(StackSettingsReader reader, string path, JsonElement item, string? ownAccount)
{
    /// <summary>Stands for an account that cannot be read, so that the rest is looked at all the same.</summary>
    public static readonly AccountId NoAccount = AccountId.Parse("000000000000");

    // CodePipeline, "timeoutInMinutes" of an approval action: 5 to 86,400.
    private const int ShortestTimeout = 5;
    private const int LongestTimeout = 86_400;

    private static readonly string[] Members =
    [
        "name",
        "accountId",
        "organizationalUnitId",
        "approval",
        "approvalTimeoutMinutes",
        "setupRoleArn",
        "permissionsBoundary",
        "tags",
    ];

    public TargetSettings Read()
    {
        Unknown();
        var name = Name();
        var account = Account();
        var approval = Flag("approval");
        var target = new TargetSettings(name, account)
        {
            OrganizationalUnitId = OrganizationalUnit(),
            Approval = approval,
            ApprovalTimeoutMinutes = Timeout(approval),
            SetupRoleArn = OfAccount("setupRoleArn", "role", account),
            PermissionsBoundary = OfAccount("permissionsBoundary", "policy", account),
            Tags = Tags(),
        };
        Reachable(target);
        return target;
    }

    private string Name()
    {
        if (Text("name") is not { } name)
        {
            Missing("name", "what stages call it", "dev");
            return "";
        }

        if (!Target.IsName(name))
        {
            Problem("name", $"\"{name}\" cannot be a target's name: {Target.NameRule}", "dev");
            return "";
        }

        if (name == DeploymentNames.SingleTarget)
        {
            Problem("name", $"\"{name}\" is what the orchestrator account's own stage is called", "dev");
        }

        return name;
    }

    private AccountId Account()
    {
        if (Text("accountId") is not { } text)
        {
            Missing("accountId", "the account", "111111111111");
            return NoAccount;
        }

        if (AccountId.TryParse(text, out var account) && account != NoAccount)
        {
            return account;
        }

        // YAML reads digits without quotes as a number, which has no leading zeros.
        var digits = text.Length is > 0 and < 12 && text.All(char.IsAsciiDigit) ? text.PadLeft(12, '0') : null;
        Problem(
            "accountId",
            $"\"{text}\" is not an account id of 12 digits{(digits is null ? "" : "; in YAML it needs quotes")}",
            digits ?? "111111111111"
        );
        return NoAccount;
    }

    private string? OrganizationalUnit()
    {
        var id = Text("organizationalUnitId");
        if (id is not null && !SettingFormats.OrganizationalUnit().IsMatch(id))
        {
            Problem(
                "organizationalUnitId",
                $"\"{id}\" is not the id of an organizational unit (ou-…) or of a root (r-…)",
                "ou-ab12-1234abcd"
            );
        }

        return id;
    }

    private int? Timeout(bool approval)
    {
        const string Member = "approvalTimeoutMinutes";
        if (Text(Member) is not { } text)
        {
            return null;
        }

        if (!approval)
        {
            Remove(Member, "this target needs no approval (approval: true)");
        }
        else if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && minutes is >= ShortestTimeout and <= LongestTimeout
        )
        {
            return minutes;
        }
        else
        {
            Problem(
                Member,
                $"\"{text}\" is not a whole number of minutes from {ShortestTimeout} to {LongestTimeout}, CodePipeline's limits",
                "1440"
            );
        }

        return null;
    }

    private string? OfAccount(string member, string kind, AccountId account)
    {
        if (Text(member) is not { } arn)
        {
            return null;
        }

        var parts = SettingFormats.IamArn().Match(arn);
        if (!parts.Success || parts.Groups["kind"].Value != kind)
        {
            Problem(member, $"\"{arn}\" is not the ARN of a {kind}", $"arn:aws:iam::{account}:{kind}/mlops-setup");
        }
        else if (account != NoAccount && parts.Groups["account"].Value != account.Text)
        {
            Problem(
                member,
                $"{arn} is of another account than {account}",
                arn.Replace($":{parts.Groups["account"].Value}:", $":{account}:", StringComparison.Ordinal)
            );
        }

        return arn;
    }

    private bool Flag(string member)
    {
        var text = Text(member);
        if (text is null || bool.TryParse(text, out var flag) && !flag)
        {
            return false;
        }

        if (!bool.TryParse(text, out _))
        {
            Problem(member, $"\"{text}\" is neither true nor false", PredecessorParameters.Flag(text) ?? "true");
        }

        return true;
    }

    private IReadOnlyDictionary<string, string> Tags() =>
        item.TryGetProperty("tags", out var tags)
            ? StructuredSettings.TagsOf(reader, $"{path}.tags", tags.GetRawText())
            : ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Without a role the program works with its own credentials, which are the orchestrator account's.</summary>
    private void Reachable(TargetSettings target)
    {
        if (ownAccount is null || target.AccountId == NoAccount)
        {
            return;
        }

        var own = target.AccountId.Text == ownAccount;
        if (own && target.SetupRoleArn is not null)
        {
            Remove("setupRoleArn", $"{ownAccount} is the orchestrator account, where the program works as itself");
        }
        else if (!own && target.SetupRoleArn is null && !item.TryGetProperty("setupRoleArn", out _))
        {
            Missing(
                "setupRoleArn",
                "the role that the program takes on in this account",
                $"arn:aws:iam::{target.AccountId}:role/mlops-setup"
            );
        }
    }

    private void Unknown()
    {
        foreach (var member in item.EnumerateObject().Select(member => member.Name).Except(Members))
        {
            if (member == "region")
            {
                Remove(
                    member,
                    "all targets are in the orchestrator's region (aws:region), where packages, models and images are"
                );
            }
            else
            {
                var meant = Nearest.To(member, Members);
                Remove(
                    member,
                    $"a target has no such part{(meant is null ? $", but {string.Join(", ", Members)}" : $"; did you mean {meant}?")}"
                );
            }
        }
    }

    /// <summary>The value as text; null where there is none. Anything but one value is a problem.</summary>
    private string? Text(string member)
    {
        if (!item.TryGetProperty(member, out var value))
        {
            return null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String when value.GetString()!.Trim() is { Length: > 0 } text:
                return text;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.GetRawText();
            case JsonValueKind.String:
                Remove(member, "it is set, but empty");
                return null;
            default:
                Remove(member, $"{value.GetRawText()} is not one value");
                return null;
        }
    }

    private void Missing(string member, string what, string example)
    {
        if (!item.TryGetProperty(member, out _))
        {
            Problem(member, $"it is missing: {what}", example);
        }
    }

    private void Remove(string member, string what) =>
        reader.Problem(
            SettingCommand.Path(path, member),
            what,
            SettingCommand.RemovePart(SettingCommand.Path(path, member))
        );

    private void Problem(string member, string what, string value) =>
        reader.Problem($"{path}.{member}", what, SettingCommand.SetPart($"{path}.{member}", value));
}
