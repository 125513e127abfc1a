using System.Text.RegularExpressions;

namespace Mlops.Infra;

/// <summary>Whose jobs may ask what a config file would do, without a key: those of an OpenID Connect provider.</summary>
/// <param name="ProviderArn">ARN of the provider in IAM, of the orchestrator account.</param>
/// <param name="Subject">Who of them: their tokens' <c>sub</c>; <c>*</c> and <c>?</c> stand for anything after the repository.</param>
public sealed partial record PlanAccess(string ProviderArn, string Subject)
{
    private const string GitHub = "token.actions.githubusercontent.com";
    private const string AskGitHub = "gh api repos/OWNER/NAME/actions/oidc/customization/sub --jq .sub_claim_prefix";

    /// <summary>The provider's host and path, under which IAM knows the claims of its tokens (IAM, "Available keys for AWS OIDC federation").</summary>
    public string Host => ProviderArn[(ProviderArn.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>
    /// What the tokens' <c>aud</c> has to be: GitHub's action asks for AWS's own, GitLab's documentation for the provider's
    /// address.
    /// </summary>
    public string Audience => Host == GitHub ? "sts.amazonaws.com" : $"https://{Host}";

    /// <summary>As the settings say; null where they say nothing of it.</summary>
    public static PlanAccess? Of(StackSettings settings) =>
        settings is { PlanProviderArn: { } provider, PlanSubject: { } subject }
            ? new PlanAccess(provider, subject)
            : null;

    /// <summary>Both settings or neither, and each as it has to be.</summary>
    internal static void Check(StackSettingsReader reader, StackSettings settings)
    {
        var (provider, subject, accountId) = (settings.PlanProviderArn, settings.PlanSubject, settings.AccountId);
        if (provider is null && subject is null)
        {
            return;
        }

        var account = accountId ?? "123456789012";
        var example = $"arn:aws:iam::{account}:oidc-provider/{GitHub}";
        if (WhyNoProvider(provider, accountId) is { } notAProvider)
        {
            reader.Problem(
                StackSettingKeys.PlanProviderArn,
                notAProvider,
                SettingCommand.Set(StackSettingKeys.PlanProviderArn, example)
            );
        }

        if (WhyNoSubject(subject) is { } notASubject)
        {
            reader.Problem(
                StackSettingKeys.PlanSubject,
                notASubject,
                SettingCommand.Set(StackSettingKeys.PlanSubject, "repo:my-team/models:pull_request")
            );
        }
    }

    private static string? WhyNoProvider(string? arn, string? accountId)
    {
        if (arn is null)
        {
            return $"it is missing, and {StackSettingKeys.PlanSubject} is set";
        }

        var parts = ProviderFormat().Match(arn);
        return !parts.Success
                ? $"\"{arn}\" is not the ARN of an OpenID Connect provider (`aws iam list-open-id-connect-providers` lists them)"
            : accountId is not null && parts.Groups["account"].Value != accountId
                ? $"\"{arn}\" is of account {parts.Groups["account"].Value}; the role is in {accountId}, and needs one from there"
            : null;
    }

    private static string? WhyNoSubject(string? subject) =>
        subject is null ? $"it is missing, and {StackSettingKeys.PlanProviderArn} is set: anybody's jobs would get in"
        : SubjectFormat().IsMatch(subject) ? null
        : $"\"{subject}\" does not name a repository before its first * or ?, and then whose jobs of it (how GitHub's begins: `{AskGitHub}`)";

    [GeneratedRegex(
        @"^arn:aws[a-z-]*:iam::(?<account>[0-9]{12}):oidc-provider/[A-Za-z0-9.-]+(/[A-Za-z0-9._/-]+)?$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ProviderFormat();

    /// <summary>
    /// GitHub: <c>repo:owner/name:…</c>, or with the ids that stay when a name changes hands, <c>repo:owner@1/name@2:…</c>
    /// (GitHub, "OpenID Connect reference", immutable subject claims); GitLab: <c>project_path:group/name:…</c>.
    /// </summary>
    [GeneratedRegex(
        @"^([A-Za-z_]+:[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+|repo:[A-Za-z0-9._-]+@[0-9]+/[A-Za-z0-9._-]+@[0-9]+):[^\s:][^\s]{0,200}$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex SubjectFormat();
}
