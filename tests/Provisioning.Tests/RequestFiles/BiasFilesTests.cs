using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;
using Mlops.Provisioning.Tests.Packaging;

namespace Mlops.Provisioning.Tests.RequestFiles;

/// <summary>Files that are made of a request and of the header of its baseline data: what Clarify is told.</summary>
public sealed class BiasFilesTests
{
    private const string Data = "baselines/my-model/training-data.csv";
    private const string Pipeline = "mlops-pipeline-my-model-byommodelbiasmonitor";

    private static readonly string Example = System.IO.File.ReadAllText(
        Path.Combine(Deployments.BlueprintFolder, "model-bias-monitor", "examples", "byom_model_bias_monitor.json")
    );

    private FakeAws aws = new();

    [SetUp]
    public void PutTheData() => aws = new FakeAws { Assets = { [Data] = "label,age,income\n1,30,2\n"u8.ToArray() } };

    [Test]
    public async Task The_files_are_put_before_the_package_under_the_hash_of_their_bytes()
    {
        await ProvisionAsync(Example);

        Assert.That(
            aws.Calls.Where(call => call is "Read" or "PutFile" or "Put" or "Create"),
            Is.EqualTo((string[])["Read", "PutFile", "PutFile", "Put", "Create"])
        );
        var keys = aws.Assets.Keys.Where(key => key != Data).ToList();
        Assert.That(keys, Has.All.Match("^mlops_request_files/[0-9a-f]{64}/analysis_config.json$"));
        Assert.That(
            keys,
            Is.EquivalentTo(
                (string[])
                    [
                        Parameter("pipeline.baseline.json", "AnalysisConfig"),
                        Parameter("pipeline.schedule.json", "AnalysisConfig"),
                    ]
            )
        );
    }

    [Test]
    public async Task The_job_is_told_this()
    {
        await ProvisionAsync(Example);

        Assert.That(
            File("pipeline.baseline.json"),
            Is.EqualTo(
                """{"headers":["label","age","income"],"label":"label","facet":[{"name_or_index":"age","value_or_threshold":[40]}],"label_values_or_threshold":[1],"dataset_type":"text/csv","probability_threshold":0.5,"methods":{"report":{"name":"report","title":"Analysis Report"},"pre_training_bias":{"methods":"all"},"post_training_bias":{"methods":"all"}},"predictor":{"endpoint_name":"my-endpoint","content_type":"text/csv","accept_type":"text/csv","probability":0}}"""
            )
        );
    }

    [Test]
    public async Task Monitoring_jobs_are_told_this()
    {
        await ProvisionAsync(Example);

        Assert.That(
            File("pipeline.schedule.json"),
            Is.EqualTo(
                """{"headers":["label","age","income"],"label":"label","facet":[{"name_or_index":"age","value_or_threshold":[40]}],"label_values_or_threshold":[1]}"""
            )
        );
    }

    [Test]
    public async Task Several_facets_have_their_values_and_a_group_its_column()
    {
        await ProvisionAsync(
            With(
                "bias_config",
                """{"label_values_or_threshold": ["yes"], "facet_name": ["age", 2], "facet_values_or_threshold": [[40], null], "group_name": "income"}"""
            )
        );

        Assert.That(
            File("pipeline.schedule.json"),
            Does.EndWith(
                "\"facet\":[{\"name_or_index\":\"age\",\"value_or_threshold\":[40]},{\"name_or_index\":2}],\"label_values_or_threshold\":[\"yes\"],\"group_variable\":\"income\"}"
            )
        );
    }

    /// <summary>The names of the file's header are trimmed, too.</summary>
    [Test]
    public async Task Space_around_a_columns_name_is_not_part_of_it()
    {
        await ProvisionAsync(
            With(
                "bias_config",
                """{"label_values_or_threshold": [1], "facet_name": " age", "group_name": "income ", "facet_values_or_threshold": null}"""
            )
        );

        Assert.That(
            File("pipeline.schedule.json"),
            Does.EndWith(
                "\"facet\":[{\"name_or_index\":\"age\"}],\"label_values_or_threshold\":[1],\"group_variable\":\"income\"}"
            )
        );
    }

    [TestCase("label,age\r\n1,2\r\n", "label|age", Description = "line ends of Windows")]
    [TestCase("\uFEFFlabel,age\n", "label|age", Description = "a byte order mark")]
    [TestCase("label , age\n", "label|age")]
    [TestCase("\"label\",\"age, in \"\"years\"\"\"\n1,2\n", "label|age, in \"years\"")]
    [TestCase("\"label\",\"two\nlines\"\n", "label|two\nlines")]
    [TestCase("label,größe", "label|größe", Description = "nothing but the header, without a line end")]
    public async Task A_header_is_read_as_CSV_has_it(string text, string expected)
    {
        aws.Assets[Data] = Encoding.UTF8.GetBytes(text);

        await ProvisionAsync(OfAnyColumns);

        var headers = JsonNode.Parse(File("pipeline.schedule.json"))!["headers"]!.AsArray();
        Assert.That(string.Join('|', headers.Select(name => (string)name!)), Is.EqualTo(expected));
    }

    [Test]
    public async Task Of_a_large_file_only_the_beginning_is_read_and_more_only_for_a_long_header()
    {
        var names = string.Join(',', Enumerable.Range(0, 20_000).Select(index => $"column-{index}"));
        aws.Assets[Data] = Encoding.UTF8.GetBytes($"{names}\n{new string('1', 8_000_000)}");

        await ProvisionAsync(OfAnyColumns);

        Assert.That(aws.Ranges, Is.EqualTo((int[])[65_536, 4_194_304]));
        Assert.That(JsonNode.Parse(File("pipeline.schedule.json"))!["headers"]!.AsArray(), Has.Count.EqualTo(20_000));
    }

    [TestCase(null, "There is no \"baselines/my-model/training-data.csv\" in the assets bucket.")]
    [TestCase(
        "\"label,age\n1,2\n",
        "The first line of \"baselines/my-model/training-data.csv\" cannot be read as a header."
    )]
    [TestCase("label\n1\n", "The first line of \"baselines/my-model/training-data.csv\" has one column only.")]
    [TestCase("label,,age\n", "A column of \"baselines/my-model/training-data.csv\" has no name.")]
    [TestCase("label,age,age\n", "Two columns of \"baselines/my-model/training-data.csv\" have the same name.")]
    public async Task Data_without_a_header_is_a_finding_and_nothing_is_written(string? text, string message)
    {
        aws.Assets.Clear();
        if (text is not null)
        {
            aws.Assets[Data] = Encoding.UTF8.GetBytes(text);
        }

        var refused = (Refused)await ProvisionAsync(Example);

        var finding = refused.Findings.Single();
        Assert.That($"{finding.Code} {finding.Pointer}", Is.EqualTo($"{FindingCodes.BaselineData} /baseline_data"));
        Assert.That(finding.Message, Is.EqualTo(message));
        Assert.That(refused.Reason, Is.EqualTo(RefusalReason.Invalid));
        Assert.That(aws.Writes, Is.Empty);
    }

    [TestCase(
        """{"label_values_or_threshold": [1], "facet_name": "gender"}""",
        "MLP037 /bias_config/facet_name: The baseline data has no column \"gender\". There are \"label\", \"age\", \"income\"."
    )]
    [TestCase(
        """{"label_values_or_threshold": [1], "facet_name": ["age", 3], "group_name": "incom"}""",
        "MLP037 /bias_config/facet_name/1: The baseline data has no column \"3\". There are \"label\", \"age\", \"income\".",
        "MLP037 /bias_config/group_name: The baseline data has no column \"incom\". Did you mean \"income\"? There are \"label\", \"age\", \"income\"."
    )]
    public async Task A_column_that_the_header_does_not_have_is_a_finding(string config, params string[] findings)
    {
        var refused = (Refused)await ProvisionAsync(With("bias_config", config));

        Assert.That(refused.Findings.Select(found => $"{found}"), Is.EqualTo(findings));
        Assert.That(aws.Writes, Is.Empty);
    }

    [Test]
    public async Task Another_header_is_another_file_and_another_baseline()
    {
        await ProvisionAsync(Example);
        var before = Parameter("pipeline.baseline.json", "BaselineJobOutputLocation");
        aws.Finish();
        aws.Assets[Data] = "label,age,income,height\n"u8.ToArray();

        await ProvisionAsync(Example);

        Assert.That(Parameter("pipeline.baseline.json", "BaselineJobOutputLocation"), Is.Not.EqualTo(before));
        Assert.That(
            Parameter("pipeline.schedule.json", "BaselineJobOutputLocation"),
            Is.EqualTo(Parameter("pipeline.baseline.json", "BaselineJobOutputLocation"))
        );
    }

    [TestCase("bias_config", "{\"facet_name\": \"age\"}", "MLP011 /bias_config/label_values_or_threshold")]
    [TestCase("bias_config", "{\"label_values_or_threshold\": [1]}", "MLP011 /bias_config/facet_name")]
    [TestCase(
        "bias_config",
        "{\"label_values_or_threshold\": [1], \"facet_name\": \"age\", \"facet\": 1}",
        "MLP035 /bias_config/facet"
    )]
    [TestCase(
        "bias_config",
        "{\"label_values_or_threshold\": 1, \"facet_name\": \"age\"}",
        "MLP015 /bias_config/label_values_or_threshold"
    )]
    [TestCase(
        "bias_config",
        "{\"label_values_or_threshold\": [1], \"facet_name\": [\"age\"], \"facet_values_or_threshold\": [1]}",
        "MLP015 /bias_config/facet_values_or_threshold"
    )]
    [TestCase("bias_config", "[]", "MLP015 /bias_config")]
    [TestCase("bias_config", "\"age\"", "MLP015 /bias_config")]
    [TestCase("model_predicted_label_config", "{\"labels\": 1}", "MLP035 /model_predicted_label_config/labels")]
    [TestCase("model_predicted_label_config", "{\"label\": 0.5}", "MLP015 /model_predicted_label_config/label")]
    [TestCase(
        "model_predicted_label_config",
        "{\"probability_threshold\": 2}",
        "MLP015 /model_predicted_label_config/probability_threshold"
    )]
    public void What_Clarify_would_refuse_is_refused_before(string key, string json, string finding) =>
        Assert.That(
            Judged.By(With(key, json)).Findings.Select(found => $"{found.Code} {found.Pointer}"),
            Is.EqualTo((string[])[finding])
        );

    [Test]
    public async Task A_configuration_that_no_parameter_can_hold_is_a_file_and_the_analysis_has_all_of_it()
    {
        var values = string.Join(',', Enumerable.Range(0, 1_500));

        await ProvisionAsync(
            With(
                "bias_config",
                $$"""{"label_values_or_threshold": [1], "facet_name": "age", "facet_values_or_threshold": [{{values}}]}"""
            )
        );

        var place = Parameter("pipeline.schedule.json", "BiasConfig");
        Assert.That(place, Does.Match("^mlops_request_files/[0-9a-f]{64}/BiasConfig.json$"));
        Assert.That(
            JsonNode.Parse(aws.Assets[place])!["facet_values_or_threshold"]!.ToJsonString(),
            Is.EqualTo($"[{values}]")
        );
        Assert.That(File("pipeline.schedule.json"), Does.Contain($"[{values}]"));
    }

    [TestCase("Regression", new string[0])]
    [TestCase("BinaryClassification", new[] { "MLP034 /model_predicted_label_config" })]
    public void An_empty_configuration_is_none(string problem, string[] findings)
    {
        var request = JsonNode.Parse(With("model_predicted_label_config", "{}"))!.AsObject();
        (request["problem_type"], request["monitor_inference_attribute"]) = (problem, "0");

        Assert.That(
            Judged.By(request.ToJsonString()).Findings.Select(found => $"{found.Code} {found.Pointer}"),
            Is.EqualTo(findings)
        );
    }

    private static string OfAnyColumns =>
        With("bias_config", """{"label_values_or_threshold": [1], "facet_name": 1}""");

    private static string With(string key, string json)
    {
        var request = JsonNode.Parse(Example)!.AsObject();
        request[key] = JsonNode.Parse(json);
        return request.ToJsonString();
    }

    private Task<ProvisionOutcome> ProvisionAsync(string request)
    {
        var settings = Deployments.Single();
        return new PipelineService(Deployments.Planner(settings), settings, aws, aws).ProvisionAsync(
            Encoding.UTF8.GetBytes(request),
            new ProvisionOptions(),
            CancellationToken.None
        );
    }

    private string File(string parameters) =>
        Encoding.UTF8.GetString(aws.Assets[Parameter(parameters, "AnalysisConfig")]);

    private string Parameter(string file, string name) =>
        (string)JsonNode.Parse(TemplatePackageTests.Unzip(aws.Packages(Pipeline)[^1])[file])!["Parameters"]![name]!;
}
