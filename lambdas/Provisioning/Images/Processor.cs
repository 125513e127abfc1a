using System.Text.Json.Serialization;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Images;

/// <summary>What an image is built for; the instance type of an endpoint or a job says which one is asked for.</summary>
public enum Processor
{
    /// <summary>Intel or AMD.</summary>
    [JsonStringEnumMemberName("cpu")]
    Cpu,

    /// <summary>NVIDIA, beside Intel or AMD.</summary>
    [JsonStringEnumMemberName("gpu")]
    Gpu,

    /// <summary>AWS Graviton, which runs no image that was built for Intel or AMD.</summary>
    [JsonStringEnumMemberName("arm")]
    Arm,

    /// <summary>The first AWS Inferentia: models compiled by AWS Neuron.</summary>
    [JsonStringEnumMemberName("neuron")]
    Neuron,

    /// <summary>AWS Inferentia2 and AWS Trainium: models compiled by AWS NeuronX.</summary>
    [JsonStringEnumMemberName("neuronx")]
    Neuronx,
}

/// <summary>Which processor an instance type has.</summary>
public static class Processors
{
    /// <summary>
    /// The processor, by the letters of the family (Amazon EC2, "Instance type naming conventions"): series, generation,
    /// and options, in which a "g" is Graviton.
    /// </summary>
    public static Processor Of(InstanceType type)
    {
        var family = type.Text.AsSpan(type.Text.IndexOf('.') + 1);
        family = family[..family.IndexOf('.')];
        var generation = family.IndexOfAnyInRange('0', '9');
        var options = family[generation..].TrimStart("0123456789");
        return family[..generation] switch
        {
            "inf" => family is "inf1" ? Processor.Neuron : Processor.Neuronx,
            "trn" => Processor.Neuronx,
            ['g' or 'p', ..] => Processor.Gpu,
            _ => options.Contains('g') ? Processor.Arm : Processor.Cpu,
        };
    }

    /// <summary>As in "an instance type with …".</summary>
    public static string Name(Processor processor) =>
        processor switch
        {
            Processor.Cpu => "an Intel or AMD CPU",
            Processor.Gpu => "a GPU",
            Processor.Arm => "AWS Graviton",
            Processor.Neuron => "AWS Inferentia",
            Processor.Neuronx => "AWS Inferentia2 or Trainium",
            _ => throw new ArgumentOutOfRangeException(nameof(processor), processor, null),
        };
}
