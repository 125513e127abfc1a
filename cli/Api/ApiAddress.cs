using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace Mlops.Cli.Api;

/// <summary>Where the API is, and which region signs for it.</summary>
/// <param name="Url">With its stage, without a slash at the end.</param>
/// <param name="Region">Of the API.</param>
public sealed partial record ApiAddress(string Url, string Region)
{
    /// <summary>From the options, or else from the environment.</summary>
    /// <exception cref="ExpectedFailureException">Not given, not an address, or of no known region.</exception>
    public static ApiAddress Of(GlobalSettings settings, CliServices services)
    {
        var given = settings.Api ?? services.ReadEnvironment(CliEnvironment.Api);
        if (string.IsNullOrWhiteSpace(given))
        {
            throw new ExpectedFailureException(
                "No API is given.",
                $"Pass --api URL or set {CliEnvironment.Api}; the address is printed by: pulumi stack output apiUrl. For the system on this machine pass --local."
            );
        }

        if (!Uri.TryCreate(given.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            throw new ExpectedFailureException(
                $"\"{given}\" is not the address of an API.",
                "Give it as pulumi stack output apiUrl prints it: https://….execute-api.REGION.amazonaws.com/prod"
            );
        }

        // A signature over plain HTTP can be replayed by anybody on the way.
        if (url.Scheme == "http" && !url.IsLoopback)
        {
            throw new ExpectedFailureException($"{url} is not encrypted.", "Use its https:// address.");
        }

        return new ApiAddress(
            url.GetLeftPart(UriPartial.Path).TrimEnd('/'),
            settings.Region ?? RegionIn(url.Host) ?? RegionOf(settings.Profile) ?? UsualRegion(url.Host)
        );
    }

    /// <summary>The region of something else of the same deployment: the API's, where one is given.</summary>
    /// <exception cref="ExpectedFailureException">No region is known.</exception>
    public static string RegionOf(GlobalSettings settings, CliServices services, string what)
    {
        var given = settings.Api ?? services.ReadEnvironment(CliEnvironment.Api);
        var ofApi = Uri.TryCreate(given?.Trim(), UriKind.Absolute, out var url) ? RegionIn(url.Host) : null;
        return settings.Region ?? ofApi ?? RegionOf(settings.Profile) ?? UsualRegion(what);
    }

    private static string? RegionIn(string host) =>
        ExecuteApiHost().Match(host) is { Success: true } match ? match.Groups["region"].Value : null;

    private static string? RegionOf(string? profile) =>
        new CredentialProfileStoreChain().TryGetProfile(profile ?? "", out var found) ? found.Region?.SystemName : null;

    private static string UsualRegion(string what) =>
        FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName
        ?? throw new ExpectedFailureException(
            $"The region of {what} is not known.",
            "Pass --region, set AWS_REGION, or set a region for the profile: aws configure set region REGION"
        );

    [GeneratedRegex(
        @"^[a-z0-9-]+\.execute-api\.(?<region>[a-z0-9-]+)\.",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex ExecuteApiHost();
}
