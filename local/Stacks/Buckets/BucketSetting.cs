using System.Text.Json.Nodes;
using Amazon.S3;

namespace Mlops.Local.Stacks.Buckets;

/// <summary>Something that a resource of its own sets on a bucket.</summary>
/// <param name="ApplyAsync">Client, bucket and the declared inputs.</param>
/// <param name="ReadAsync">The same in the declaration's spelling, as the bucket has it.</param>
internal sealed record BucketSetting(
    Func<IAmazonS3, string, JsonObject, CancellationToken, Task> ApplyAsync,
    Func<IAmazonS3, string, CancellationToken, Task<JsonObject>> ReadAsync
);
