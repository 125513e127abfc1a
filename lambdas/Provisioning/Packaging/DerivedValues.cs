using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Packaging;

/// <summary>Fills in what is made of other parameters: names, then what they are appended to.</summary>
internal static class DerivedValues
{
    public static IReadOnlyList<KeyValuePair<string, string>> Fill(
        ValidatedRequest request,
        PartDefinition part,
        IReadOnlyList<KeyValuePair<string, string>> parameters
    )
    {
        var values = parameters.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var parameter in part.Parameters)
        {
            if (parameter.StableName is { } name)
            {
                var content = string.Join('\n', name.Of.Select(other => values[other]).Prepend(request.Name.Text));
                values[parameter.Name] = ContentName.Of(request.ModelName, name.Kind, content, name.Limit);
            }
        }

        foreach (var parameter in part.Parameters.Where(parameter => parameter.Append is not null))
        {
            values[parameter.Name] = $"{values[parameter.Name]}/{values[parameter.Append!]}";
        }

        return [.. parameters.Select(pair => KeyValuePair.Create(pair.Key, values[pair.Key]))];
    }
}
