using Pulumi.Serialization;

namespace Pulumi;

public static partial class Output
{
    /// <summary>All values as a tuple; unknown when one is, secret when one is.</summary>
    public static Output<(T1, T2)> Tuple<T1, T2>(Input<T1> item1, Input<T2> item2) =>
        Tuple((Output<T1>)item1, (Output<T2>)item2);

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Input<T1> item1, Input<T2> item2, Input<T3> item3) =>
        Tuple((Output<T1>)item1, (Output<T2>)item2, (Output<T3>)item3);

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4
    ) => Tuple((Output<T1>)item1, (Output<T2>)item2, (Output<T3>)item3, (Output<T4>)item4);

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4,
        Input<T5> item5
    ) => Tuple((Output<T1>)item1, (Output<T2>)item2, (Output<T3>)item3, (Output<T4>)item4, (Output<T5>)item5);

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4,
        Input<T5> item5,
        Input<T6> item6
    ) =>
        Tuple(
            (Output<T1>)item1,
            (Output<T2>)item2,
            (Output<T3>)item3,
            (Output<T4>)item4,
            (Output<T5>)item5,
            (Output<T6>)item6
        );

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4,
        Input<T5> item5,
        Input<T6> item6,
        Input<T7> item7
    ) =>
        Tuple(
            (Output<T1>)item1,
            (Output<T2>)item2,
            (Output<T3>)item3,
            (Output<T4>)item4,
            (Output<T5>)item5,
            (Output<T6>)item6,
            (Output<T7>)item7
        );

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4,
        Input<T5> item5,
        Input<T6> item6,
        Input<T7> item7,
        Input<T8> item8
    ) =>
        Tuple(
            (Output<T1>)item1,
            (Output<T2>)item2,
            (Output<T3>)item3,
            (Output<T4>)item4,
            (Output<T5>)item5,
            (Output<T6>)item6,
            (Output<T7>)item7,
            (Output<T8>)item8
        );

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2)> Tuple<T1, T2>(Output<T1> item1, Output<T2> item2) => new(TupleAsync(item1, item2));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Output<T1> item1, Output<T2> item2, Output<T3> item3) =>
        new(TupleAsync(item1, item2, item3));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4
    ) => new(TupleAsync(item1, item2, item3, item4));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5
    ) => new(TupleAsync(item1, item2, item3, item4, item5));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6
    ) => new(TupleAsync(item1, item2, item3, item4, item5, item6));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6,
        Output<T7> item7
    ) => new(TupleAsync(item1, item2, item3, item4, item5, item6, item7));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})"/>
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6,
        Output<T7> item7,
        Output<T8> item8
    ) => new(TupleAsync(item1, item2, item3, item4, item5, item6, item7, item8));

    private static async Task<OutputData<(T1, T2)>> TupleAsync<T1, T2>(Output<T1> item1, Output<T2> item2)
    {
        var data1 = await item1.DataTask;
        var data2 = await item2.DataTask;
        var all = OutputData.Known(0);
        all = Combine(all, data1);
        all = Combine(all, data2);
        return all.With((data1.Value, data2.Value));
    }

    private static async Task<OutputData<(T1, T2, T3)>> TupleAsync<T1, T2, T3>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3
    )
    {
        var data1 = await item1.DataTask;
        var data2 = await item2.DataTask;
        var data3 = await item3.DataTask;
        var all = OutputData.Known(0);
        all = Combine(all, data1);
        all = Combine(all, data2);
        all = Combine(all, data3);
        return all.With((data1.Value, data2.Value, data3.Value));
    }

    private static async Task<OutputData<(T1, T2, T3, T4)>> TupleAsync<T1, T2, T3, T4>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4
    )
    {
        var data1 = await item1.DataTask;
        var data2 = await item2.DataTask;
        var data3 = await item3.DataTask;
        var data4 = await item4.DataTask;
        var all = OutputData.Known(0);
        all = Combine(all, data1);
        all = Combine(all, data2);
        all = Combine(all, data3);
        all = Combine(all, data4);
        return all.With((data1.Value, data2.Value, data3.Value, data4.Value));
    }

    private static async Task<OutputData<(T1, T2, T3, T4, T5)>> TupleAsync<T1, T2, T3, T4, T5>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5
    )
    {
        var data1 = await item1.DataTask;
        var data2 = await item2.DataTask;
        var data3 = await item3.DataTask;
        var data4 = await item4.DataTask;
        var data5 = await item5.DataTask;
        var all = OutputData.Known(0);
        all = Combine(all, data1);
        all = Combine(all, data2);
        all = Combine(all, data3);
        all = Combine(all, data4);
        all = Combine(all, data5);
        return all.With((data1.Value, data2.Value, data3.Value, data4.Value, data5.Value));
    }

    private static async Task<OutputData<(T1, T2, T3, T4, T5, T6)>> TupleAsync<T1, T2, T3, T4, T5, T6>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6
    )
    {
        var data1 = await item1.DataTask;
        var data2 = await item2.DataTask;
        var data3 = await item3.DataTask;
        var data4 = await item4.DataTask;
        var data5 = await item5.DataTask;
        var data6 = await item6.DataTask;
        var all = OutputData.Known(0);
        all = Combine(all, data1);
        all = Combine(all, data2);
        all = Combine(all, data3);
        all = Combine(all, data4);
        all = Combine(all, data5);
        all = Combine(all, data6);
        return all.With((data1.Value, data2.Value, data3.Value, data4.Value, data5.Value, data6.Value));
    }

    private static async Task<OutputData<(T1, T2, T3, T4, T5, T6, T7)>> TupleAsync<T1, T2, T3, T4, T5, T6, T7>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6,
        Output<T7> item7
    )
    {
        var data1 = await item1.DataTask;
        var data2 = await item2.DataTask;
        var data3 = await item3.DataTask;
        var data4 = await item4.DataTask;
        var data5 = await item5.DataTask;
        var data6 = await item6.DataTask;
        var data7 = await item7.DataTask;
        var all = OutputData.Known(0);
        all = Combine(all, data1);
        all = Combine(all, data2);
        all = Combine(all, data3);
        all = Combine(all, data4);
        all = Combine(all, data5);
        all = Combine(all, data6);
        all = Combine(all, data7);
        return all.With((data1.Value, data2.Value, data3.Value, data4.Value, data5.Value, data6.Value, data7.Value));
    }

    private static async Task<OutputData<(T1, T2, T3, T4, T5, T6, T7, T8)>> TupleAsync<T1, T2, T3, T4, T5, T6, T7, T8>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6,
        Output<T7> item7,
        Output<T8> item8
    )
    {
        var data1 = await item1.DataTask;
        var data2 = await item2.DataTask;
        var data3 = await item3.DataTask;
        var data4 = await item4.DataTask;
        var data5 = await item5.DataTask;
        var data6 = await item6.DataTask;
        var data7 = await item7.DataTask;
        var data8 = await item8.DataTask;
        var all = OutputData.Known(0);
        all = Combine(all, data1);
        all = Combine(all, data2);
        all = Combine(all, data3);
        all = Combine(all, data4);
        all = Combine(all, data5);
        all = Combine(all, data6);
        all = Combine(all, data7);
        all = Combine(all, data8);
        return all.With(
            (data1.Value, data2.Value, data3.Value, data4.Value, data5.Value, data6.Value, data7.Value, data8.Value)
        );
    }
}
