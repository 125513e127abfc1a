using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Buckets;
using Mlops.Local.Stacks.Lambdas;
using Mlops.Local.Stacks.Natives;
using Mlops.Local.Stacks.Wire;
using Pulumi.Testing;

namespace Mlops.Local.Stacks;

/// <summary>
/// Stands where Pulumi's engine and providers stand: makes each resource that the program declares in the local AWS, in
/// the account of the resource's provider, and answers with what the service then has. It creates once; updates,
/// replacements and deletes are not rehearsed. After the first failure nothing more is created.
/// </summary>
public sealed class LocalEngine : IMocks, IDisposable
{
    /// <summary>moto is threaded; more at once would only queue there.</summary>
    private const int AtOnce = 8;

    private readonly NotCarriedOutList notCarriedOut;
    private readonly ProviderAccounts providers;
    private readonly NativeCreator natives;
    private readonly BucketCreator buckets;
    private readonly FunctionCreator functions;
    private readonly Lookups lookups;
    private readonly ConcurrentDictionary<(string Token, string Name), CreatedResource> created = new();
    private readonly SemaphoreSlim gate = new(AtOnce);
    private readonly CancellationTokenSource stop;

    /// <summary>Makes one; <paramref name="cancellationToken"/> ends creation, as the first failure does.</summary>
    public LocalEngine(
        LocalAws aws,
        AwsAccount orchestrator,
        IReadOnlyCollection<BuiltPackage> packages,
        NotCarriedOutList notCarriedOut,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        this.notCarriedOut = notCarriedOut;
        providers = new ProviderAccounts(aws, orchestrator);
        natives = new NativeCreator(aws, notCarriedOut, clock);
        buckets = new BucketCreator(aws.Endpoint, notCarriedOut);
        functions = new FunctionCreator(aws, packages, notCarriedOut);
        lookups = new Lookups(aws, buckets, natives);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>What has been created so far.</summary>
    public IReadOnlyCollection<CreatedResource> Created => [.. created.Values];

    /// <summary>What was declared and did not arrive.</summary>
    public IReadOnlyList<NotCarriedOut> NotCarriedOut => notCarriedOut.All;

    /// <summary>The first creation that failed, as one sentence; null while none has.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc />
    public async Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        var token = args.Type ?? "";
        var inputs = PulumiValues.ToJson(args.Inputs);
        if (!IsCloud(token) && !ProviderAccounts.IsProvider(token))
        {
            return (null, PulumiValues.ToState(inputs)); // A component: its children come on their own.
        }

        await gate.WaitAsync(stop.Token);
        try
        {
            return await NewResourceAsync(token, args, inputs);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var sentence = $"{token} {args.Name}: {failure.Message}";
            Failure ??= sentence;
            await stop.CancelAsync();
            throw new InvalidOperationException(sentence, failure);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc />
    public async Task<object> CallAsync(MockCallArgs args)
    {
        ProviderAccount Caller() => providers.Of(args.Provider);
        string Argument(string name) => (string)args.Args[name];
        return args.Token switch
        {
            "aws:index/getCallerIdentity:getCallerIdentity" => CallerIdentity(Caller().Account),
            "aws-native:index:getAccountId" => State(("accountId", Caller().Account.AccountId)),
            "aws:index/getRegion:getRegion" => Region(Caller().Account),
            "aws-native:index:getRegion" => State(("region", Caller().Account.Region)),
            "aws:index/getPartition:getPartition" => Partition(),
            "aws-native:index:getPartition" => State(("partition", "aws")),
            Lookups.Bucket => await lookups.BucketAsync(Argument("bucketName"), Caller(), stop.Token),
            Lookups.BucketNotification => await lookups.BucketNotificationAsync(
                Argument("bucket"),
                Caller(),
                stop.Token
            ),
            Lookups.Repository => await lookups.RepositoryAsync(Argument("repositoryName"), Caller(), stop.Token),
            Lookups.Key => await lookups.KeyAsync(Argument("keyId"), Caller(), stop.Token),
            _ => throw new NotSupportedException($"The local stack does not know the invoke {args.Token}."),
        };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        buckets.Dispose();
        gate.Dispose();
        stop.Dispose();
    }

    private async Task<(string? Id, object State)> NewResourceAsync(
        string token,
        MockResourceArgs args,
        JsonObject inputs
    )
    {
        stop.Token.ThrowIfCancellationRequested();
        var name = args.Name ?? "";
        if (ProviderAccounts.IsProvider(token))
        {
            return (await providers.AddAsync(name, inputs, stop.Token), PulumiValues.ToState(inputs));
        }

        var provider = providers.Of(args.Provider);
        if (!string.IsNullOrEmpty(args.Id))
        {
            var read = await ReadAsync(token, name, args.Id, provider);
            return (read.Id, PulumiValues.ToState(read.State));
        }

        var resource = await CreateAsync(token, name, inputs, provider);
        if (!created.TryAdd((token, name), resource))
        {
            throw new InvalidOperationException("it is declared twice; the engine would refuse that");
        }

        return (resource.Id, PulumiValues.ToState(resource.State));
    }

    private Task<CreatedResource> CreateAsync(string token, string name, JsonObject inputs, ProviderAccount provider)
    {
        if (NativeNames.IsNative(token))
        {
            return natives.CreateAsync(token, name, inputs, provider, stop.Token);
        }

        if (BucketCreator.Takes(token))
        {
            return buckets.CreateAsync(token, name, inputs, provider, stop.Token);
        }

        return token == FunctionCreator.Token
            ? functions.CreateAsync(name, inputs, provider, stop.Token)
            : throw new NotSupportedException("the local stack cannot create this type");
    }

    private Task<CreatedResource> ReadAsync(string token, string name, string id, ProviderAccount provider) =>
        NativeNames.IsNative(token)
            ? natives.ReadAsync(token, name, id, provider, stop.Token)
            : throw new NotSupportedException("the local stack cannot read this type by its id");

    private static bool IsCloud(string token) =>
        NativeNames.IsNative(token) || token.StartsWith("aws:", StringComparison.Ordinal);

    private static ImmutableDictionary<string, object> CallerIdentity(AwsAccount account) =>
        State(
            ("id", account.AccountId),
            ("accountId", account.AccountId),
            ("arn", $"arn:aws:iam::{account.AccountId}:root"),
            ("userId", account.AccountId)
        );

    private static ImmutableDictionary<string, object> Region(AwsAccount account) =>
        State(
            ("id", account.Region),
            ("name", account.Region),
            ("region", account.Region),
            ("description", account.Region),
            ("endpoint", $"ec2.{account.Region}.amazonaws.com")
        );

    private static ImmutableDictionary<string, object> Partition() =>
        State(
            ("id", "aws"),
            ("partition", "aws"),
            ("dnsSuffix", "amazonaws.com"),
            ("reverseDnsPrefix", "com.amazonaws")
        );

    private static ImmutableDictionary<string, object> State(params (string Name, string Value)[] members) =>
        members.ToImmutableDictionary(member => member.Name, member => (object)member.Value);
}
