using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;
using Mlops.Provisioning.Tests.Packaging;

namespace Mlops.Provisioning.Tests.RequestFiles;

/// <summary>What Clarify is told of a request for an explainability monitor, and what is refused before.</summary>
public sealed class ShapFilesTests
{
    private const string Data = "baselines/my-model/training-data.csv";
    private const string Pipeline = "mlops-pipeline-my-model-byommodelexplainabilitymonitor";

    private static readonly string Example = System.IO.File.ReadAllText(
        Path.Combine(
            Deployments.BlueprintFolder,
            "model-explainability-monitor",
            "examples",
            "byom_model_explainability_monitor.json"
        )
    );

    private FakeAws aws = new();

    [SetUp]
    public void PutTheData() =>
        aws = new FakeAws { Assets = { [Data] = "label,age,income,height\n1,30,2,3\n"u8.ToArray() } };

    [Test]
    public async Task The_job_is_told_this_and_of_the_model_by_its_state_machine()
    {
        await ProvisionAsync(Example);

        Assert.That(
            File("AnalysisConfig"),
            Is.EqualTo(
                """{"dataset_type":"text/csv","headers":["label","age","income","height"],"label":"label","methods":{"report":{"name":"report","title":"Analysis Report"},"shap":{"use_logit":false,"save_local_shap_values":true,"baseline":[[40,0.5,0.5]],"num_samples":100,"agg_method":"mean_abs"}},"predictor":{"content_type":"text/csv","accept_type":"text/csv","label":0}}"""
            )
        );
    }

    [Test]
    public async Task Monitoring_jobs_are_told_this_for_their_data_has_no_label()
    {
        await ProvisionAsync(Example);

        Assert.That(
            File("MonitorAnalysisConfig"),
            Is.EqualTo(
                """{"headers":["age","income","height"],"methods":{"shap":{"use_logit":false,"save_local_shap_values":true,"baseline":[[40,0.5,0.5]],"num_samples":100,"agg_method":"mean_abs"}},"predictor":{"content_type":"text/csv","accept_type":"text/csv"}}"""
            )
        );
    }

    [TestCase("0", "0", "\"label\":0", Description = "the first column is not nothing")]
    [TestCase("\"0\"", "0", "\"label\":0", Description = "a number as text")]
    [TestCase("\"scores[0]\"", "\"scores[0]\"", "\"label\":\"scores[0]\"")]
    [TestCase(
        """{"label": "class", "probability": "score", "label_headers": ["no", "yes"]}""",
        """{"label":"class","probability":"score","label_headers":["no","yes"]}""",
        """
            "label":"class","probability":"score","label_headers":["no","yes"]
            """
    )]
    [TestCase(null, "", "\"accept_type\":\"text/csv\"}")]
    public async Task Scores_are_where_model_scores_says(string? given, string parameter, string told)
    {
        await ProvisionAsync(With("model_scores", given));

        Assert.That(Parameter("pipeline.schedule.json", "ExplainabilityModelScores"), Is.EqualTo(parameter));
        Assert.That(File("AnalysisConfig"), Does.Contain(told.Trim()));
    }

    [Test]
    public async Task Class_names_reach_the_monitors_reports_and_a_threshold_the_job()
    {
        await ProvisionAsync(
            With("model_scores", """{"label_headers": ["no", "yes"], "probability_threshold": 0.7}""")
        );

        Assert.That(File("MonitorAnalysisConfig"), Does.EndWith("\"label_headers\":[\"no\",\"yes\"]}}"));
        Assert.That(File("AnalysisConfig"), Does.Contain("\"label\":\"label\",\"probability_threshold\":0.7,"));
    }

    [TestCase(null, true)]
    [TestCase("features", false)]
    public async Task The_monitors_predictor_speaks_CSV_where_records_are_no_JSON_Lines(string? attribute, bool isCsv)
    {
        await ProvisionAsync(With("features_attribute", attribute is null ? "\"\"" : $"\"{attribute}\""));

        Assert.That(
            File("MonitorAnalysisConfig")
                .Contains(
                    "\"predictor\":{\"content_type\":\"text/csv\",\"accept_type\":\"text/csv\"",
                    StringComparison.Ordinal
                ),
            Is.EqualTo(isCsv)
        );
    }

    /// <summary>As a client writes who dumps what the SDK was given.</summary>
    [Test]
    public async Task Null_is_left_out_and_numbers_and_flags_as_text_are_written_as_such()
    {
        await ProvisionAsync(
            With("shap_config", """{"num_samples": "100", "use_logit": "True", "seed": null, "text_config": null}""")
        );

        var shap = JsonNode.Parse(File("AnalysisConfig"))!["methods"]!["shap"]!;
        Assert.That(
            shap.ToJsonString(),
            Is.EqualTo("""{"use_logit":true,"save_local_shap_values":true,"num_samples":100}""")
        );
    }

    [Test]
    public async Task Columns_by_index_are_named_for_an_index_would_be_another_one_without_the_label()
    {
        await ProvisionAsync(With("shap_config", """{"features_to_explain": [1, "height"]}"""));

        foreach (var file in (string[])["AnalysisConfig", "MonitorAnalysisConfig"])
        {
            Assert.That(File(file), Does.Contain("\"features_to_explain\":[\"age\",\"height\"]"));
        }
    }

    [TestCase("baselines/shap.csv")]
    [TestCase("s3://my-assets/baselines/shap.csv")]
    public async Task A_baseline_in_a_file_is_named_by_its_place_and_may_be_read(string given)
    {
        aws.Assets["baselines/shap.csv"] = "40,0.5,0.5\n"u8.ToArray();
        var bucket = Deployments.Single().Deployment.AssetsBucket;

        await ProvisionAsync(
            With(
                "shap_config",
                new JsonObject
                {
                    ["baseline"] = given.Replace("my-assets", bucket, StringComparison.Ordinal),
                }.ToJsonString()
            )
        );

        Assert.That(File("AnalysisConfig"), Does.Contain($"\"baseline\":\"s3://{bucket}/baselines/shap.csv\""));
        foreach (var file in (string[])["pipeline.baseline.json", "pipeline.schedule.json"])
        {
            Assert.That(Parameter(file, "ShapBaseline"), Is.EqualTo("baselines/shap.csv"));
        }
    }

    [Test]
    public async Task A_baseline_of_many_rows_is_in_files_for_no_parameter_could_hold_it()
    {
        var rows = string.Join(',', Enumerable.Range(0, 3000).Select(row => $"[{row},0.5,0.5]"));
        var config = $$"""{"baseline":[{{rows}}]}""";

        await ProvisionAsync(With("shap_config", config));

        var place = Parameter("pipeline.schedule.json", "SHAPConfig");
        Assert.That(place, Does.Match("^mlops_request_files/[0-9a-f]{64}/SHAPConfig.json$"));
        Assert.That(Encoding.UTF8.GetString(aws.Assets[place]), Is.EqualTo(config));
        Assert.That(
            JsonNode.Parse(File("MonitorAnalysisConfig"))!["methods"]!["shap"]!["baseline"]!.AsArray(),
            Has.Count.EqualTo(3000)
        );
    }

    [Test]
    public async Task What_no_state_machine_could_hold_belongs_into_a_file()
    {
        const string config = """{"num_samples": 7, "features_to_explain": [1]}""";
        var names = string.Join(',', Enumerable.Range(0, 20_000).Select(column => $"column-{column}"));
        aws.Assets[Data] = Encoding.UTF8.GetBytes($"{names}\n");

        var refused = (Refused)await ProvisionAsync(With("shap_config", config));

        var finding = refused.Findings.Single();
        Assert.That($"{finding.Code} {finding.Pointer}", Is.EqualTo("MLP016 /shap_config"));
        Assert.That(
            finding.Remedy,
            Is.EqualTo(
                "Put the rows of \"baseline\" into a file in the assets bucket, and give its key; shorten the names of columns."
            )
        );
        Assert.That(aws.Writes, Is.Empty);
    }

    [TestCase(
        """{"features_to_explain": ["agee"]}""",
        "MLP037 /shap_config/features_to_explain/0: The baseline data has no column \"agee\". Did you mean \"age\"? There are \"age\", \"income\", \"height\"."
    )]
    [TestCase(
        """{"features_to_explain": ["age", "label"]}""",
        "MLP037 /shap_config/features_to_explain/1: \"label\" is the label of the baseline data, which is its first column. There are \"age\", \"income\", \"height\"."
    )]
    [TestCase(
        """{"features_to_explain": [4]}""",
        "MLP037 /shap_config/features_to_explain/0: The baseline data has no column \"4\". There are \"age\", \"income\", \"height\"."
    )]
    [TestCase(
        """{"baseline": [[1, 2, 3, 4], [1, 2, 3, 4]]}""",
        "MLP037 /shap_config/baseline/0: A row of \"baseline\" in \"shap_config\" has 4 values; the baseline data has 3 features. Give one value for each of \"age\", \"income\", \"height\"; the label is left out."
    )]
    [TestCase(
        """{"baseline": "baselines/none.csv"}""",
        "MLP036 /shap_config/baseline: There is no \"baselines/none.csv\" in the assets bucket. Upload it first."
    )]
    public async Task What_does_not_fit_the_data_is_a_finding_and_nothing_is_written(string config, string finding)
    {
        var refused = (Refused)await ProvisionAsync(With("shap_config", config));

        Assert.That(refused.Findings.Select(found => $"{found}"), Is.EqualTo((string[])[finding]));
        Assert.That(refused.Reason, Is.EqualTo(RefusalReason.Invalid));
        Assert.That(aws.Writes, Is.Empty);
    }

    [Test]
    public async Task Everything_that_does_not_fit_is_told_at_once()
    {
        var refused = (Refused)
            await ProvisionAsync(With("shap_config", """{"features_to_explain": [0, "x"], "baseline": [[1]]}"""));

        Assert.That(
            refused.Findings.Select(found => found.Pointer),
            Is.EqualTo(
                (string[])
                    [
                        "/shap_config/features_to_explain/0",
                        "/shap_config/features_to_explain/1",
                        "/shap_config/baseline/0",
                    ]
            )
        );
    }

    [TestCase("{\"baselines\": []}", "MLP035 /shap_config/baselines")]
    [TestCase("{\"baseline\": []}", "MLP015 /shap_config/baseline")]
    [TestCase("{\"baseline\": \"\"}", "MLP015 /shap_config/baseline")]
    [TestCase("{\"baseline\": {}}", "MLP015 /shap_config/baseline")]
    [TestCase("{\"baseline\": [[1, 2], [1]]}", "MLP015 /shap_config/baseline/1")]
    [TestCase("{\"baseline\": [1, 2]}", "MLP015 /shap_config/baseline")]
    [TestCase("{\"baseline\": [[true]]}", "MLP015 /shap_config/baseline/0")]
    [TestCase("{\"baseline\": \"s3://other-bucket/x.csv\"}", "MLP021 /shap_config/baseline")]
    [TestCase("{\"baseline\": \"a//b\"}", "MLP021 /shap_config/baseline")]
    [TestCase("{\"num_samples\": 0}", "MLP015 /shap_config/num_samples")]
    [TestCase("{\"num_samples\": 1.5}", "MLP015 /shap_config/num_samples")]
    [TestCase("{\"agg_method\": \"mean\"}", "MLP015 /shap_config/agg_method")]
    [TestCase("{\"use_logit\": 1}", "MLP015 /shap_config/use_logit")]
    [TestCase("{\"seed\": -1}", "MLP015 /shap_config/seed")]
    [TestCase("{\"num_clusters\": \"x\"}", "MLP015 /shap_config/num_clusters")]
    [TestCase("{\"num_clusters\": 2, \"baseline\": [[1]]}", "MLP034 /shap_config/num_clusters")]
    [TestCase("{\"features_to_explain\": []}", "MLP015 /shap_config/features_to_explain")]
    [TestCase("{\"features_to_explain\": [\"\"]}", "MLP015 /shap_config/features_to_explain")]
    [TestCase("{\"text_config\": []}", "MLP015 /shap_config/text_config")]
    [TestCase("{\"text_config\": {\"language\": \"en\"}}", "MLP011 /shap_config/text_config/granularity")]
    [TestCase(
        "{\"text_config\": {\"granularity\": \"word\", \"language\": \"en\"}}",
        "MLP015 /shap_config/text_config/granularity"
    )]
    [TestCase(
        "{\"text_config\": {\"granularity\": \"token\", \"language\": \"klingon\"}}",
        "MLP015 /shap_config/text_config/language"
    )]
    [TestCase(
        "{\"text_config\": {\"granularity\": \"token\", \"language\": \"en\"}, \"features_to_explain\": [1]}",
        "MLP034 /shap_config/text_config"
    )]
    [TestCase("{\"image_config\": {\"model_type\": \"IMAGE_CLASSIFICATION\"}}", "MLP017 /shap_config/image_config")]
    [TestCase("[]", "MLP015 /shap_config")]
    [TestCase("\"age\"", "MLP015 /shap_config")]
    public void What_Clarify_would_refuse_is_refused_before(string config, string finding) =>
        Assert.That(
            Judged.By(With("shap_config", config)).Findings.Select(found => $"{found.Code} {found.Pointer}"),
            Is.EqualTo((string[])[finding])
        );

    [TestCase("{}")]
    [TestCase("{\"num_clusters\": 5, \"seed\": 0, \"use_logit\": true, \"save_local_shap_values\": false}")]
    [TestCase("{\"baseline\": [[1, \"a\", null]], \"agg_method\": \"median\"}")]
    [TestCase("{\"text_config\": {\"granularity\": \"sentence\", \"language\": \"German\"}}")]
    [TestCase("{\"seed\": null, \"text_config\": null, \"image_config\": null, \"use_logit\": null}")]
    [TestCase("{\"num_samples\": \"100\", \"use_logit\": \"False\"}")]
    [TestCase("\"{\\\"num_samples\\\": 5}\"", Description = "the JSON as text")]
    public void What_Clarify_takes_is_taken(string config) =>
        Assert.That(Judged.By(With("shap_config", config)).Findings, Is.Empty);

    [TestCase("1.5")]
    [TestCase("-1")]
    [TestCase("[0]")]
    [TestCase("true")]
    [TestCase("{\"score\": 0}")]
    public void Other_scores_are_findings(string scores) =>
        Assert.That(
            Judged.By(With("model_scores", scores)).Findings.Select(found => found.Pointer),
            Is.EqualTo((string[])[scores.StartsWith('{') ? "/model_scores/score" : "/model_scores"])
        );

    private static string With(string key, string? json)
    {
        var request = JsonNode.Parse(Example)!.AsObject();
        request.Remove(key);
        if (json is not null)
        {
            request[key] = JsonNode.Parse(json);
        }

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

    private string File(string parameter) =>
        Encoding.UTF8.GetString(aws.Assets[Parameter("pipeline.baseline.json", parameter)]);

    private string Parameter(string file, string name) =>
        (string)JsonNode.Parse(TemplatePackageTests.Unzip(aws.Packages(Pipeline)[^1])[file])!["Parameters"]![name]!;
}
