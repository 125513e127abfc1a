using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>A web ACL before a stage, by WAF's own call: moto's CloudFormation lacks it. Nothing local obeys its rules.</summary>
internal static class WebAclTypes
{
    private const string Service = "wafv2";
    private const string Target = "AWSWAF_20190729";

    public static IEnumerable<NativeType> All =>
        [new("AWS::WAFv2::WebACLAssociation", AssociationAsync) { CreateAsync = AssociateAsync }];

    private static async Task<string> AssociateAsync(NativeResource association, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["WebACLArn"] = association.Text("WebACLArn"),
            ["ResourceArn"] = association.Text("ResourceArn"),
        };
        await association.JsonAsync(Service, $"{Target}.AssociateWebACL", request, cancellationToken);
        return $"{association.Text("ResourceArn")}|{association.Text("WebACLArn")}";
    }

    private static async Task<JsonObject> AssociationAsync(
        NativeResource association,
        string id,
        CancellationToken cancellationToken
    )
    {
        var resource = id.Split('|')[0];
        var found = await association.JsonAsync(
            Service,
            $"{Target}.GetWebACLForResource",
            new JsonObject { ["ResourceArn"] = resource },
            cancellationToken
        );
        return new JsonObject { ["ResourceArn"] = resource, ["WebACLArn"] = found["WebACL"]?["ARN"]?.DeepClone() };
    }
}
