using Amazon.S3;
using Amazon.SecurityToken.Model;

namespace Mlops.Local.CodePipelines.Aws;

/// <summary>An assumed role: what it calls happens in the role's account.</summary>
internal sealed class RoleSession(AwsAccess aws, Credentials credentials, string roleArn, string region)
{
    public Credentials Credentials { get; } = credentials;

    public string RoleArn { get; } = roleArn;

    /// <summary>Whom the role trusts, as JSON.</summary>
    public string TrustPolicy { get; set; } = "";

    public IamClient Iam { get; } = new(aws.Query("iam", "2010-05-08", credentials, region));

    public CloudFormationClient CloudFormation { get; } =
        new(aws.Query("cloudformation", "2010-05-15", credentials, region));

    public StatesClient States { get; } = aws.States(credentials, region);

    /// <summary>The account of a role, user or any other ARN.</summary>
    public static string AccountOf(string arn) => arn.Split(':')[4];

    public AmazonS3Client S3() => aws.S3(Credentials, region);
}
