using System.CommandLine;
using Marketplace.Benchmarks;

var seconds = new Option<int>("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = _ => 5 };
var rounds = new Option<int>("--rounds") { Description = "Measurements of each contestant.", DefaultValueFactory = _ => 5 };

var sqlite = new Option<bool>("--sqlite") { Description = "SQLite only: for a profiler." };
var journal = new Command("journal", "Durable commands per second through the grain, beside pgbench, raw batches and a transaction per command.") { seconds, rounds, sqlite };
journal.SetAction(async parsed => await JournalBenchmark.Run(parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(sqlite)) ? 0 : 1);

var due = new Option<int>("--due") { Description = "How many are due.", DefaultValueFactory = _ => 10_000 };
var alone = new Option<bool>("--alone") { Description = "Without Hangfire and without a ratio: for a profiler." };
var sweep = new Command("sweep", "What is due among a million that is open, worked off by a sweep, beside a delayed job of Hangfire for each.") { due, alone };
sweep.SetAction(async parsed => await SweepBenchmark.Run(parsed.GetValue(due), parsed.GetValue(alone)) ? 0 : 1);

var plan = new Command("plan", "A payment plan of ten years with monthly reports, beside a budget of a millisecond.");
plan.SetAction(_ => PlanBenchmark.Run() ? 0 : 1);

var entries = new Option<int>("--entries") { Description = "Lines of the statement.", DefaultValueFactory = _ => 100_000 };
var statement = new Command("statement", "A bank's statement uploaded, checked and imported line by line, beside a budget of half a minute.") { entries };
statement.SetAction(async parsed => await StatementBenchmark.Run(parsed.GetValue(entries)) ? 0 : 1);

var listings = new Option<int>("--listings") { Description = "Listings in the catalog.", DefaultValueFactory = _ => 100_000 };
var search = new Command("search", "The catalog's search with 16 clients while listings change, beside a tsvector of PostgreSQL on the same listings.") { listings, seconds };
search.SetAction(async parsed => await SearchBenchmark.Run(parsed.GetValue(listings), TimeSpan.FromSeconds(parsed.GetValue(seconds))) ? 0 : 1);

var controlRoom = new Command("control-room", "All that the settlement control room asks for, over a million obligations, beside a budget and adding the rows up.");
controlRoom.SetAction(async _ => await ControlRoomBenchmark.Run() ? 0 : 1);

var page = new Command("page", "What a page of the catalog costs the server's processor, beside a budget of two milliseconds.") { seconds, rounds };
page.SetAction(async parsed => await PageBenchmark.Run(parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds))) ? 0 : 1);

return await new RootCommand("What this engine does per second, beside what others do on the same machine at the same time.") { journal, sweep, plan, statement, search, page, controlRoom }.Parse(args).InvokeAsync();
