using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Provisioning.Configs;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>What an apply has written so far, over all its deliveries.</summary>
internal sealed record ConfigProgress
{
    public int Created { get; set; }

    public int Updated { get; set; }

    /// <summary>What <see cref="ToText"/> wrote; a fresh start where it is anything else.</summary>
    public static ConfigProgress Read(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text)
                ? new ConfigProgress()
                : JsonSerializer.Deserialize(text, ConfigProgressJson.Default.ConfigProgress) ?? new ConfigProgress();
        }
        catch (JsonException)
        {
            return new ConfigProgress();
        }
    }

    /// <summary>How many teardowns were begun.</summary>
    public int Removed { get; set; }

    [JsonIgnore]
    public bool IsNothing => Created + Updated + Removed == 0;

    public void Count(PlannedChange done)
    {
        Created += done == PlannedChange.Create ? 1 : 0;
        Updated += done == PlannedChange.Update ? 1 : 0;
        Removed += done == PlannedChange.Remove ? 1 : 0;
    }

    public string ToText() => JsonSerializer.Serialize(this, ConfigProgressJson.Default.ConfigProgress);

    public override string ToString() =>
        Removed == 0
            ? $"{Created} made and {Updated} updated"
            : $"{Created} made, {Updated} updated and {Removed} being taken down";
}

[JsonSerializable(typeof(ConfigProgress))]
internal sealed partial class ConfigProgressJson : JsonSerializerContext;
