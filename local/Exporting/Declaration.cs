using System.Text.Json.Nodes;

namespace Mlops.Local.Exporting;

/// <summary>One resource as the program declares it, its values still with tokens.</summary>
/// <param name="Token">Pulumi's type.</param>
/// <param name="Name">Pulumi's name.</param>
/// <param name="LogicalId">What the template calls it.</param>
/// <param name="Inputs">In Pulumi's spelling.</param>
/// <param name="Retain">Whether it outlives its stack.</param>
/// <param name="DependsOn">Logical ids of what has to be there first although no value says so.</param>
internal sealed record Declaration(
    string Token,
    string Name,
    string LogicalId,
    JsonObject Inputs,
    bool Retain,
    IReadOnlyList<string> DependsOn
)
{
    /// <summary>What a message names it by.</summary>
    public string Where => $"{Token} {Name}";
}
