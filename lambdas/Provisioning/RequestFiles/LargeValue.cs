using System.Text;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.RequestFiles;

/// <summary>What no CloudFormation parameter can hold, for keys whose template can read it elsewhere.</summary>
internal static class LargeValue
{
    /// <summary>The value, or the key in the assets bucket of the file that it becomes.</summary>
    public static string Fit(
        ParameterDefinition parameter,
        string value,
        BlueprintManifest manifest,
        List<RequestFile> files
    )
    {
        var isTooLong = Encoding.UTF8.GetByteCount(value) > KeyReader.ParameterLimit;
        if (!isTooLong || !manifest.Keys.Any(key => key.Name == parameter.Key && key.Large))
        {
            return value;
        }

        var file = new RequestFile($"{parameter.Name}.json", Encoding.UTF8.GetBytes(value));
        files.Add(file);
        return file.Key;
    }
}
