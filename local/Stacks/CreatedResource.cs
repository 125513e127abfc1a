using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Stacks;

/// <summary>A resource of the Pulumi program that the local AWS now has.</summary>
/// <param name="Token">Pulumi's type token.</param>
/// <param name="Name">The logical name.</param>
/// <param name="Id">Pulumi's id.</param>
/// <param name="Declared">Inputs: in CloudFormation's spelling for AWS Native, in Pulumi's for the rest.</param>
/// <param name="State">Inputs and attributes, in Pulumi's spelling.</param>
/// <param name="Account">Where it is.</param>
public sealed record CreatedResource(
    string Token,
    string Name,
    string Id,
    JsonObject Declared,
    JsonObject State,
    AwsAccount Account
);
