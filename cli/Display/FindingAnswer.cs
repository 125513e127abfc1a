using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Mlops.Cli.Conformance;
using Mlops.Provisioning.Requests;

namespace Mlops.Cli.Display;

/// <summary>A finding in the JSON output.</summary>
internal sealed record FindingAnswer(
    string Code,
    string Pointer,
    int? Line,
    int? Column,
    string? Value,
    string Rule,
    string Message,
    string Remedy
)
{
    public static FindingAnswer Of(Finding finding) =>
        new(
            finding.Code,
            finding.Pointer,
            finding.Line,
            finding.Column,
            finding.Value,
            finding.Rule,
            finding.Message,
            finding.Remedy
        );
}

/// <summary>What a file's check came to, in the JSON output.</summary>
internal sealed record FileAnswer(string File, bool Valid, IReadOnlyList<FindingAnswer> Findings);

/// <summary>JSON output of <c>validate</c>.</summary>
internal sealed record ValidateAnswer(bool Valid, IReadOnlyList<FileAnswer> Files);

/// <summary>JSON output of a command that failed.</summary>
internal sealed record FailureAnswer(string Error, string Remedy, int? Status, IReadOnlyList<FindingAnswer> Findings);

/// <summary>JSON output of <c>version</c>.</summary>
internal sealed record VersionAnswer(
    string Version,
    string? Commit,
    string Source,
    IReadOnlyList<PackageAnswer> Packages
);

/// <summary>A package in the JSON output.</summary>
internal sealed record PackageAnswer(string Name, string Version);

/// <summary>JSON output of <c>upload</c>.</summary>
internal sealed record UploadAnswer(string Bucket, string Key, long Size, string Sha256, bool Uploaded);

/// <summary>JSON output of <c>blueprint check</c>.</summary>
internal sealed record BlueprintCheckAnswer(
    bool Valid,
    string Blueprint,
    IReadOnlyList<ConformanceProblem> Problems,
    IReadOnlyList<string> Examples,
    IReadOnlyList<LocalExample> Provisioned,
    IReadOnlyList<string> NotCarriedOut,
    IReadOnlyList<string> Skipped
);

/// <summary>JSON output of <c>blueprint new</c>.</summary>
internal sealed record BlueprintNewAnswer(string Blueprint, string PipelineType, IReadOnlyList<string> Files);

/// <summary>JSON output of <c>check-access</c>.</summary>
internal sealed record CheckAccessAnswer(bool Ok, IReadOnlyList<AccessAnswer> Statements);

/// <summary>One statement that a policy has to have.</summary>
internal sealed record AccessAnswer(
    string Policy,
    string Sid,
    bool Present,
    IReadOnlyList<string> Missing,
    JsonObject? Statement
);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ValidateAnswer))]
[JsonSerializable(typeof(FailureAnswer))]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(UploadAnswer))]
[JsonSerializable(typeof(BlueprintCheckAnswer))]
[JsonSerializable(typeof(BlueprintNewAnswer))]
[JsonSerializable(typeof(CheckAccessAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
