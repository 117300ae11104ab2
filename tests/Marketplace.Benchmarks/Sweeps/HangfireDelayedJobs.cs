using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Npgsql;

namespace Marketplace.Benchmarks.Sweeps;

/// <summary>
/// The other way to wake an obligation: a delayed job of Hangfire for each. Default polling, as many workers as keep the scheduler from waiting
/// for them.
/// </summary>
internal sealed class HangfireDelayedJobs
{
    public const int Workers = 40;

    private readonly PostgreSqlStorage storage;
    private readonly NpgsqlDataSource source;

    public HangfireDelayedJobs(NpgsqlDataSource source, string connectionString)
    {
        this.source = source;
        var options = new PostgreSqlStorageOptions();
        storage = new PostgreSqlStorage(new NpgsqlConnectionFactory(connectionString, options), options);
    }

    /// <summary>Schedules a job for each stream. One goes through Hangfire; the others are copies of its rows, to be ready in seconds.</summary>
    /// <param name="streams">SQL that selects the names, as <c>stream</c>.</param>
    public async Task Schedule(string streams, DateTime atUtc)
    {
        var template = new BackgroundJobClient(storage).Schedule<WakeJob>(job => job.Wake("template"), atUtc);
        await Execute($$"""
            set synchronous_commit = off;
            create temporary table copies on commit drop as
                select nextval('hangfire.job_id_seq') as id, nextval('hangfire.state_id_seq') as state, stream from ({{streams}}) of_streams;
            insert into hangfire.job (id, stateid, statename, invocationdata, arguments, createdat)
                select c.id, c.state, t.statename, t.invocationdata, jsonb_build_array(to_jsonb(c.stream)::text), t.createdat
                from copies c, hangfire.job t where t.id = {{template}};
            insert into hangfire.jobparameter (jobid, name, value)
                select c.id, t.name, t.value from copies c, hangfire.jobparameter t where t.jobid = {{template}};
            insert into hangfire.state (id, jobid, name, reason, createdat, data)
                select c.state, c.id, t.name, t.reason, t.createdat, t.data from copies c, hangfire.state t where t.jobid = {{template}};
            insert into hangfire.set (key, value, score)
                select t.key, c.id::text, t.score from copies c, hangfire.set t where t.key = 'schedule' and t.value = '{{template}}';
            delete from hangfire.set where key = 'schedule' and value = '{{template}}';
            delete from hangfire.job where id = {{template}};
            """);
        await Execute("analyze hangfire.job, hangfire.jobparameter, hangfire.state, hangfire.set");
    }

    /// <summary>Runs a server until that many jobs have done their work.</summary>
    public async Task Run(IGrainFactory grains, int jobs)
    {
        var progress = new Progress(grains, jobs);
        using (new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = Workers, Activator = progress }, storage))
        {
            await progress.Done;
        }
    }

    private async Task Execute(string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The body of a job: the same work as a sweep has done.</summary>
    public sealed class WakeJob(IGrainFactory grains, Action done)
    {
        public async Task Wake(string stream)
        {
            await grains.GrainOf(stream).Wake(DueWork.Obligations);
            done();
        }
    }

    private sealed class Progress(IGrainFactory grains, int expected) : JobActivator
    {
        private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int done;

        public Task Done => all.Task;

        public override object ActivateJob(Type jobType) => new WakeJob(grains, () =>
        {
            if (Interlocked.Increment(ref done) == expected)
            {
                all.SetResult();
            }
        });
    }
}
