using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Mlops.Local.Stacks.Natives;

/// <summary>Alarms and dashboards. moto's CloudFormation does not make the alarms, and does not tell.</summary>
internal static class CloudWatchTypes
{
    private const string Version = "2010-08-01";

    public static IEnumerable<NativeType> All =>
        [
            new("AWS::CloudWatch::Alarm", AlarmAsync)
            {
                NameProperty = "AlarmName",
                Tagged = true,
                CreateAsync = PutAlarmAsync,
            },
            new("AWS::CloudWatch::Dashboard", DashboardAsync) { NameProperty = "DashboardName", Tagged = true },
        ];

    private static async Task<string> PutAlarmAsync(NativeResource alarm, CancellationToken cancellationToken)
    {
        var parameters = alarm.Declared.SelectMany(property => Parameters(property.Key, property.Value));
        await CallAsync(alarm, "PutMetricAlarm", parameters, cancellationToken);
        return alarm.Text("AlarmName");
    }

    private static async Task<JsonObject> AlarmAsync(
        NativeResource alarm,
        string id,
        CancellationToken cancellationToken
    )
    {
        var answer = await CallAsync(alarm, "DescribeAlarms", [("AlarmNames.member.1", id)], cancellationToken);
        var properties = Json(answer.Descendants("MetricAlarms").Elements("member").Single()).AsObject();
        var arn = (string?)properties["AlarmArn"];
        var tags = await CallAsync(alarm, "ListTagsForResource", [("ResourceARN", arn ?? "")], cancellationToken);
        properties["Arn"] = arn;
        // The answer is text: 1.0 is the 1 that was declared.
        properties["Threshold"] = double.Parse((string)properties["Threshold"]!, CultureInfo.InvariantCulture);
        properties["Tags"] = new JsonArray([.. tags.Descendants("member").Select(Json)]);
        return properties;
    }

    private static async Task<JsonObject> DashboardAsync(
        NativeResource dashboard,
        string id,
        CancellationToken cancellationToken
    )
    {
        var answer = await CallAsync(dashboard, "GetDashboard", [("DashboardName", id)], cancellationToken);
        return new JsonObject
        {
            ["DashboardName"] = answer.Descendants("DashboardName").First().Value,
            ["DashboardBody"] = answer.Descendants("DashboardBody").First().Value,
        };
    }

    /// <summary>The query protocol's spelling: <c>Dimensions.member.1.Name</c>.</summary>
    private static IEnumerable<(string, string)> Parameters(string name, JsonNode? value) =>
        value switch
        {
            null => [],
            JsonObject map => map.SelectMany(member => Parameters($"{name}.{member.Key}", member.Value)),
            JsonArray list => list.SelectMany((item, index) => Parameters($"{name}.member.{index + 1}", item)),
            _ => [(name, value.ToString())],
        };

    private static JsonNode Json(XElement element) =>
        element switch
        {
            { HasElements: false } => JsonValue.Create(element.Value),
            _ when element.Elements("member").Any() => new JsonArray([.. element.Elements().Select(Json)]),
            _ => new JsonObject(
                element.Elements().Select(child => KeyValuePair.Create(child.Name.LocalName, (JsonNode?)Json(child)))
            ),
        };

    private static Task<XElement> CallAsync(
        NativeResource resource,
        string action,
        IEnumerable<(string, string)> parameters,
        CancellationToken cancellationToken
    ) => resource.Aws.QueryAsync(resource.Account, "monitoring", Version, action, parameters, cancellationToken);
}
