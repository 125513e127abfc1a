using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>Which keys a request must have, and what to say when one is not there.</summary>
internal static class RequiredKeys
{
    private const string Rule = "required";

    public static bool IsRequired(
        KeyDefinition key,
        PipelineTypeDefinition type,
        bool registry,
        PipelineRequest request
    )
    {
        if (key.RequiredWhen is not { } when)
        {
            return key.Required;
        }

        return (when.PipelineTypes is null || when.PipelineTypes.Contains(type.Type))
            && (when.Registry is null || when.Registry == registry)
            && (when.Without is null || when.Without.All(other => request.Find(other) is null));
    }

    public static Finding Missing(KeyDefinition key, BlueprintManifest manifest, PipelineRequest request)
    {
        var known = manifest.Keys.Select(other => other.Name).Append(RequestKeys.PipelineType);
        var remedy = request.Keys.ContainsKey(key.Name)
            ? $"Give it a value{ExampleOf(key)}."
            : $"Add {Quote.Text(key.Name)}{ExampleOf(key)}.";
        if (key.RequiredWhen?.Without is { Count: > 0 } others)
        {
            remedy += $" Or give {string.Join(" or ", others.Select(Quote.Text))} instead.";
        }

        if (key.RequiredWhen?.Registry == true)
        {
            remedy += " This deployment takes every model from the SageMaker Model Registry.";
        }

        return Missing(key.Name, known, request, remedy);
    }

    public static Finding MissingType(PipelineRequest request, IReadOnlyCollection<string> types) =>
        Missing(
            RequestKeys.PipelineType,
            [RequestKeys.PipelineType],
            request,
            $"Add {Quote.Text(RequestKeys.PipelineType)}: one of {string.Join(", ", types)}."
        );

    public static Finding Missing(string key, IEnumerable<string> known, PipelineRequest request, string remedy)
    {
        var pointer = Quote.Pointer("", key);
        if (request.Keys.TryGetValue(key, out var value))
        {
            var isNull = value.Kind == RequestValueKind.Null;
            return new Problem(
                isNull ? FindingCodes.NullValue : FindingCodes.EmptyValue,
                Rule,
                $"The key {Quote.Text(key)} is {(isNull ? "null" : "empty")}.",
                remedy
            ).At(pointer, value);
        }

        var meant = Nearest.To(key, request.Keys.Keys.Except(known));
        return new Finding(
            FindingCodes.MissingKey,
            pointer,
            null,
            Rule,
            $"The key {Quote.Text(key)} is missing.",
            meant is null ? remedy : $"Did you mean {Quote.Text(key)} where you wrote {Quote.Text(meant)}? {remedy}"
        )
        {
            Line = meant is null ? null : request.Keys[meant].Line,
            Column = meant is null ? null : request.Keys[meant].Column,
        };
    }

    private static string ExampleOf(KeyDefinition key) =>
        key.Example is null ? "" : $", for example {Quote.Text(key.Example)}";
}
