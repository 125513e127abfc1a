using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>What CodePipeline asks the DeploymentFlow function to do.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Duty>))]
public enum Duty
{
    /// <summary>Makes the target ready for a deployment, or fails with the reason why it cannot be.</summary>
    Prepare,

    /// <summary>Writes down what the change sets of a target would change.</summary>
    Summarize,

    /// <summary>Asks whether what runs is what was asked for.</summary>
    Verify,

    /// <summary>Carries out a config file: provisions the pipelines that it names.</summary>
    Apply,
}

/// <summary>The <c>UserParameters</c> of an action that invokes DeploymentFlow.</summary>
/// <param name="Duty">What to do.</param>
/// <param name="Target">Name of the target to do it in.</param>
/// <param name="Stack">Name of the CloudFormation stack in that target.</param>
/// <param name="ParameterFile">Name, inside the package, of the file with the stack's parameters: <c>pipeline.json</c>; for <see cref="Duty.Apply"/>: of the config file.</param>
public sealed record DutyParameters(Duty Duty, string Target, string Stack, string ParameterFile)
{
    /// <summary>Names of all stacks of the target, in the order of deployment, for <see cref="Duty.Summarize"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Stacks { get; init; }

    /// <summary>Id of the execution, which CodePipeline puts in place of a variable; for <see cref="Duty.Summarize"/> and <see cref="Duty.Apply"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Execution { get; init; }

    /// <summary>The source of the config file (<see cref="DeploymentTags.Origin"/>), for <see cref="Duty.Apply"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Source { get; init; }

    /// <summary>Id of the commit, which CodePipeline puts in place of a variable; for <see cref="Duty.Apply"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Revision { get; init; }

    /// <summary>CodePipeline's limit for <c>UserParameters</c>, in characters (UserParameters of the Lambda action).</summary>
    public const int Limit = 1_000;

    /// <summary>Name of every change set: a stack has one at a time.</summary>
    public const string ChangeSet = "mlops";

    private static string NotADuty =>
        $"The action's UserParameters are not a JSON object with duty ({string.Join(", ", Enum.GetNames<Duty>())}), target, stack and parameterFile.";

    /// <summary>Compact JSON, always the same for the same values.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DutyJson.Default.DutyParameters);

    /// <summary>Reads what <see cref="ToJson"/> writes; false when it is anything else, with a sentence that says what.</summary>
    public static bool TryParse(
        string? json,
        [NotNullWhen(true)] out DutyParameters? parameters,
        [NotNullWhen(false)] out string? problem
    )
    {
        parameters = null;
        try
        {
            parameters = JsonSerializer.Deserialize(json ?? "", DutyJson.Default.DutyParameters);
            problem = parameters is null ? NotADuty : null;
        }
        catch (JsonException)
        {
            problem = NotADuty;
        }

        return problem is null;
    }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(DutyParameters))]
internal sealed partial class DutyJson : JsonSerializerContext;
