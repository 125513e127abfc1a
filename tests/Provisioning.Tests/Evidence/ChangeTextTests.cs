using Mlops.Provisioning.Evidence;

namespace Mlops.Provisioning.Tests.Evidence;

public sealed class ChangeTextTests
{
    [Test]
    public void However_much_changes_the_text_fits_an_approval_and_says_what_is_left_out()
    {
        var text = ChangeText.Of(Changes(500));

        Assert.That(text, Has.Length.LessThanOrEqualTo(ChangeText.ApprovalLimit));
        Assert.That(text, Does.Match("\n… and [0-9]+ more$"));
        var told = text.Split('\n').Length - 2;
        Assert.That(text, Does.EndWith($"… and {500 - told} more"));
    }

    [Test]
    public void Losses_of_endpoints_and_data_come_before_other_losses_of_their_kind()
    {
        var ordered = ChangeOrder.Of([
            new(ChangeKind.Add, "Z", "AWS::SageMaker::Endpoint", null, []),
            new(ChangeKind.Remove, "A", "AWS::IAM::Role", "role", []),
            new(ChangeKind.Remove, "B", "AWS::SageMaker::Endpoint", "endpoint", []),
            new(ChangeKind.Replace, "C", "AWS::SageMaker::Model", "model", []),
            new(ChangeKind.MayReplace, "D", "AWS::S3::Bucket", "bucket", []),
        ]);

        Assert.That(ordered.Select(change => change.LogicalId), Is.EqualTo(["C", "D", "B", "A", "Z"]));
    }

    [Test]
    public void What_was_written_is_read_again_also_what_has_no_name_or_value_yet()
    {
        var changes = Changes(3) with
        {
            Stacks =
            [
                new(
                    "stack",
                    IsNew: true,
                    [new(ChangeKind.Add, "Endpoint", "AWS::SageMaker::Endpoint", null, [])],
                    [new("Gone", "before", null), new("New", null, "after")]
                ),
            ],
        };

        Assert.That(TargetChanges.Read(changes.ToJson()).ToJson(), Is.EqualTo(changes.ToJson()));
    }

    [Test]
    public void What_is_new_has_nothing_of_before_and_is_read_again()
    {
        var changes = Changes(0) with
        {
            Stacks =
            [
                new StackChanges(
                    "s",
                    true,
                    [new ResourceChange(ChangeKind.Add, "A", "AWS::S3::Bucket", null, [])],
                    [new ParameterChange("P", null, "v"), new ParameterChange("Q", "v", null)]
                ),
            ],
        };

        var read = TargetChanges.Read(changes.ToJson());

        Assert.That(read.Stacks[0].Resources[0].PhysicalId, Is.Null);
        Assert.That(read.Stacks[0].Parameters, Is.EqualTo(changes.Stacks[0].Parameters));
    }

    [Test]
    public void Values_that_are_long_empty_or_new_are_told_shortly()
    {
        var changes = Changes(0) with
        {
            Stacks =
            [
                new(
                    "stack",
                    IsNew: false,
                    [new(ChangeKind.Change, "Endpoint", "AWS::SageMaker::Endpoint", "e", [])],
                    [new("Long", new string('x', 100), ""), new("New", null, "1")]
                ),
            ],
        };

        Assert.That(
            ChangeText.Lines(changes).Skip(1),
            Is.EqualTo([$"Long: {new string('x', 59)}… → (empty)", "New: (none) → 1"])
        );
    }

    private static TargetChanges Changes(int resources) =>
        new(
            "mlops-pipeline-churn",
            "execution-1",
            "prod",
            "333333333333",
            [
                new(
                    "mlops-pipeline-churn",
                    IsNew: false,
                    [
                        .. Enumerable
                            .Range(1, resources)
                            .Select(number => new ResourceChange(
                                ChangeKind.Change,
                                $"Resource{number}",
                                "AWS::CloudWatch::Alarm",
                                $"alarm-{number}",
                                ["Threshold"]
                            )),
                    ],
                    []
                ),
            ]
        );
}
