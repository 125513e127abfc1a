using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Natives;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Stacks.Lambdas;

/// <summary>A built Lambda package: what a function's <c>SourceCodeHash</c> must match.</summary>
/// <param name="ZipPath">Where the zip is.</param>
/// <param name="Sha256Base64">As <c>SourceCodeHash</c> has it.</param>
public sealed record BuiltPackage(string ZipPath, string Sha256Base64);

/// <summary>Functions of Pulumi.Aws, by Lambda's own API. The local function host runs them; moto only lists them.</summary>
internal sealed class FunctionCreator(
    LocalAws aws,
    IReadOnlyCollection<BuiltPackage> packages,
    NotCarriedOutList notCarriedOut
)
{
    public const string Token = "aws:lambda/function:Function";
    private const string Functions = "/2015-03-31/functions";

    /// <summary>Where Lambda's name of a setting is not the declaration's with a capital.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["name"] = "FunctionName",
        ["kmsKeyArn"] = "KMSKeyArn",
    };

    /// <summary>Not settings of CreateFunction.</summary>
    private static readonly HashSet<string> Elsewhere =
    [
        "code",
        "sourceCodeHash",
        "skipDestroy",
        "publish",
        "region",
        "reservedConcurrentExecutions",
    ];

    public async Task<CreatedResource> CreateAsync(
        string name,
        JsonObject inputs,
        ProviderAccount provider,
        CancellationToken cancellationToken
    )
    {
        var declared = inputs.DeepClone().AsObject();
        declared["name"] ??= AutoName.Make(name, 64);
        declared["tags"] = WithDefaults(declared["tags"] as JsonObject ?? [], provider);
        var package = PackageOf(name, (string?)declared["sourceCodeHash"]);
        var settings = Settings(declared);
        var request = settings.DeepClone().AsObject();
        request["Code"] = new JsonObject
        {
            ["ZipFile"] = Convert.ToBase64String(await File.ReadAllBytesAsync(package.ZipPath, cancellationToken)),
        };
        var function = (string)declared["name"]!;
        await aws.RestAsync(provider.Account, "lambda", HttpMethod.Post, Functions, request, cancellationToken);
        var reserved = await ReserveAsync(declared, function, provider, cancellationToken);
        var found = await ReadAsync(function, provider, cancellationToken);
        foreach (var property in Comparison.Missing(settings, found))
        {
            notCarriedOut.Add(new NotCarriedOut("aws.lambda.Function", property, name));
        }

        if (!reserved)
        {
            notCarriedOut.Add(new NotCarriedOut("aws.lambda.Function", "ReservedConcurrentExecutions", name));
        }

        if ((string?)found["CodeSha256"] != package.Sha256Base64)
        {
            notCarriedOut.Add(new NotCarriedOut("aws.lambda.Function", "SourceCodeHash", name));
        }

        return new CreatedResource(Token, name, function, declared, State(declared, found, provider), provider.Account);
    }

    private BuiltPackage PackageOf(string name, string? hash) =>
        packages.FirstOrDefault(package => package.Sha256Base64 == hash)
        ?? throw new InvalidOperationException(
            $"function {name} declares SourceCodeHash \"{hash}\", and no built package has it: only "
                + string.Join(", ", packages.Select(package => $"{package.Sha256Base64} ({package.ZipPath})"))
        );

    private static JsonObject Settings(JsonObject declared)
    {
        var settings = new JsonObject();
        foreach (var (property, value) in declared.Where(member => !Elsewhere.Contains(member.Key)))
        {
            var key = Renamed.GetValueOrDefault(property) ?? char.ToUpperInvariant(property[0]) + property[1..];
            settings[key] = property is "tags" or "environment" ? Kept(property, value!) : Capitalized(value!);
        }

        return settings;
    }

    private static JsonNode Kept(string property, JsonNode value) =>
        property == "tags" ? value.DeepClone() : new JsonObject { ["Variables"] = value["variables"]?.DeepClone() };

    private static JsonNode Capitalized(JsonNode value) =>
        value is JsonObject map ? NativeNames.ToCloudFormation("AWS::Lambda::Function", map) : value.DeepClone();

    private async Task<bool> ReserveAsync(
        JsonObject declared,
        string function,
        ProviderAccount provider,
        CancellationToken cancellationToken
    )
    {
        if (declared["reservedConcurrentExecutions"] is not { } reserved)
        {
            return true;
        }

        var path = $"/2017-10-31/functions/{function}/concurrency";
        var body = new JsonObject { ["ReservedConcurrentExecutions"] = reserved.DeepClone() };
        var answer = await aws.RestAsync(provider.Account, "lambda", HttpMethod.Put, path, body, cancellationToken);
        return Comparison.Arrived(reserved, answer["ReservedConcurrentExecutions"]);
    }

    private async Task<JsonObject> ReadAsync(
        string function,
        ProviderAccount provider,
        CancellationToken cancellationToken
    )
    {
        var answer = await aws.RestAsync(
            provider.Account,
            "lambda",
            HttpMethod.Get,
            $"{Functions}/{function}",
            null,
            cancellationToken
        );
        var found = answer["Configuration"]!.DeepClone().AsObject();
        found["Tags"] = answer["Tags"]?.DeepClone();
        return found;
    }

    private static JsonObject State(JsonObject declared, JsonObject found, ProviderAccount provider)
    {
        var arn = (string)found["FunctionArn"]!;
        arn = arn.EndsWith(":$LATEST", StringComparison.Ordinal) ? arn[..^":$LATEST".Length] : arn;
        var state = declared.DeepClone().AsObject();
        state["arn"] = arn;
        state["qualifiedArn"] = $"{arn}:$LATEST";
        state["invokeArn"] = $"arn:aws:apigateway:{provider.Account.Region}:lambda:path{Functions}/{arn}/invocations";
        state["version"] = "$LATEST";
        state["lastModified"] = found["LastModified"]?.DeepClone();
        state["sourceCodeSize"] = found["CodeSize"]?.DeepClone();
        state["codeSha256"] = found["CodeSha256"]?.DeepClone();
        return state;
    }

    private static JsonObject WithDefaults(JsonObject declared, ProviderAccount provider)
    {
        var tags = declared.DeepClone().AsObject();
        foreach (var (key, value) in provider.DefaultTags)
        {
            tags[key] ??= value;
        }

        return tags;
    }
}
