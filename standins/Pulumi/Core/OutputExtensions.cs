using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi
{
    /// <summary>Reaches into outputs of lists and unions.</summary>
    public static class OutputExtensions
    {
        /// <summary>The element at a place.</summary>
        public static Output<T> GetAt<T>(this Output<ImmutableArray<T>> array, Input<int> index) =>
            Output.Tuple(array, (Output<int>)index).Apply(both => both.Item1[both.Item2]);

        /// <summary>The first element.</summary>
        public static Output<T> First<T>(this Output<ImmutableArray<T>> array) => array.GetAt(0);

        /// <summary>The number of elements.</summary>
        public static Output<int> Length<T>(this Output<ImmutableArray<T>> array) =>
            array.Apply(values => values.Length);

        /// <summary>Whether the value is of the first type.</summary>
        public static Output<bool> IsT0<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(v => v.IsT0);

        /// <summary>Whether the value is of the second type.</summary>
        public static Output<bool> IsT1<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(v => v.IsT1);

        /// <summary>The value as the first type.</summary>
        public static Output<T0> AsT0<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(v => v.AsT0);

        /// <summary>The value as the second type.</summary>
        public static Output<T1> AsT1<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(v => v.AsT1);

        /// <summary>The value, whatever its type.</summary>
        public static Output<object> Value<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(v => v.Value);
    }
}

namespace Pulumi.Utilities
{
    /// <summary>Looks into outputs from outside a program, as tests do.</summary>
    public static class OutputUtilities
    {
        /// <summary>An output that is not known; the value is what a careless reader would see.</summary>
        public static Output<T> CreateUnknown<T>(T value) => new(Task.FromResult(OutputData.Unknown(value)));

        /// <summary>An output that is not known; the function never runs.</summary>
        public static Output<T> CreateUnknown<T>(Func<Task<T>> valueFactory) =>
            CreateUnknown(default(T)!).Apply(_ => valueFactory());

        /// <summary>The same output, depending on one more resource.</summary>
        public static Output<T> WithDependency<T>(Output<T> output, Resource resource)
        {
            ArgumentNullException.ThrowIfNull(output);
            ArgumentNullException.ThrowIfNull(resource);
            return new(DataAsync());

            async Task<OutputData<T>> DataAsync()
            {
                var data = await output.DataTask;
                return data with { Resources = data.Resources.Add(resource) };
            }
        }

        /// <summary>Whether the output has a value.</summary>
        public static async Task<bool> GetIsKnownAsync<T>(Output<T> output) => (await output.DataTask).IsKnown;

        /// <summary>The value; the type's default when it is not known.</summary>
        public static Task<T> GetValueAsync<T>(Output<T> output) => output.GetValueAsync(whenUnknown: default!);

        /// <summary>The resources that the value came from.</summary>
        public static async Task<ImmutableHashSet<Resource>> GetDependenciesAsync<T>(Output<T> output) =>
            (await output.DataTask).Resources;
    }
}
