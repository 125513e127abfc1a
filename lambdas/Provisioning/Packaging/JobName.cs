using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Packaging;

/// <summary>
/// Start of the names of a part's jobs. It says what the job is of, and differs with what it is made of; its state machine
/// appends <c>-</c> and 8 characters of the execution's name, so that no two jobs have the same name.
/// </summary>
public static class JobName
{
    /// <summary>Characters that the state machine appends: a hyphen, and the first part of a UUID.</summary>
    public const int ExecutionLength = 9;

    /// <summary><c>&lt;model&gt;-&lt;kind&gt;-&lt;hash&gt;</c> in lower case; where that is too long, the model's end gives way.</summary>
    public static string Prefix(string modelName, JobDefinition job, string content) =>
        ContentName.Of(modelName, job.Kind, content, job.NameLimit - ExecutionLength);

    /// <summary><c>&lt;job name&gt;-&lt;hash&gt;</c>; where that is too long, the job name's end gives way.</summary>
    public static string PrefixOf(string jobName, JobDefinition job, string content) =>
        ContentName.Of(jobName, content, job.NameLimit - ExecutionLength);

    internal static IReadOnlyList<KeyValuePair<string, string>> Fill(
        ValidatedRequest request,
        PartDefinition part,
        string target,
        IReadOnlyList<KeyValuePair<string, string>> parameters
    )
    {
        var name = part.Parameters.FirstOrDefault(parameter => parameter.Computed is ComputedValue.JobNamePrefix)?.Name;
        if (name is null || part.Job is not { } job)
        {
            return parameters;
        }

        var content = string.Join('\n', parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"));
        var prefix = request.Text(RequestKeys.JobName, target) is { Length: > 0 } own
            ? PrefixOf(own, job, content)
            : Prefix(request.ModelName, job, content);
        return
        [
            .. parameters.Select(parameter => parameter.Key == name ? KeyValuePair.Create(name, prefix) : parameter),
        ];
    }
}
