using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Polly;
using RouterCluster.Benchmarks.Programs;

namespace RouterCluster.Benchmarks.Peers;

/// <summary>
/// A durable service as one writes it without actors: INSERT and commit, call the payment company, UPDATE and commit.
/// Pooled connections, prepared statements, a Polly pipeline with a timeout and a breaker. It knows nothing of re-routes,
/// budgets, unknown results or duplicates.
/// </summary>
internal static class PlainProgram
{
    public const string Name = "plain";

    private const int Connections = 32;
    private const int CallsAtOnce = 1024;

    private const string Schema = """
        create table if not exists payments (
          order_no text primary key, id text not null, product text not null, amount bigint not null, currency text not null,
          account text not null, state text not null, channel_order_no text,
          created_at timestamptz not null, updated_at timestamptz not null)
        """;

    private const string Insert = """
        insert into payments values ($1, $2, $3, $4, $5, $6, 'processing', null, now(), now())
        on conflict (order_no) do nothing
        """;

    private const string Update =
        "update payments set state = $2, channel_order_no = $3, updated_at = now() where order_no = $1";

    public static async Task RunAsync(string url, string company, string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(
            $"{connectionString};Maximum Pool Size={Connections};Max Auto Prepare=8;Auto Prepare Min Usages=1;"
            + "No Reset On Close=true");
        await using (var create = database.CreateCommand(Schema))
        {
            await create.ExecuteNonQueryAsync();
        }

        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = CallsAtOnce });
        var pipeline = new ResiliencePipelineBuilder()
            .AddTimeout(TimeSpan.FromSeconds(15))
            .AddCircuitBreaker(new())
            .Build();
        var orders = new Uri($"{company}/orders");
        var builder = WebApplication.CreateSlimBuilder();
        var app = builder.Build();
        app.MapGet(PeerPrograms.Ready, () => "ready");
        app.MapPost("/v1/payments", async (PlainPayment payment) =>
        {
            var id = $"p{Guid.NewGuid():n}"[..32];
            await using (var insert = database.CreateCommand(Insert))
            {
                insert.Parameters.Add(new() { Value = payment.order_no });
                insert.Parameters.Add(new() { Value = id });
                insert.Parameters.Add(new() { Value = payment.product });
                insert.Parameters.Add(new() { Value = payment.amount });
                insert.Parameters.Add(new() { Value = payment.currency });
                insert.Parameters.Add(new() { Value = payment.account.GetRawText() });
                if (await insert.ExecuteNonQueryAsync() == 0)
                {
                    return Results.Conflict();
                }
            }

            var (product, amount, currency, account) = (payment.product, payment.amount, payment.currency, payment.account);
            var order = new { order_no = id, product, amount, currency, account, notify_url = "" };
            var (state, reference) = await pipeline.ExecuteAsync(
                async cancelled => await CallAsync(http, orders, JsonSerializer.Serialize(order), cancelled));
            await using (var update = database.CreateCommand(Update))
            {
                update.Parameters.Add(new() { Value = payment.order_no });
                update.Parameters.Add(new() { Value = state });
                update.Parameters.Add(new() { Value = reference });
                await update.ExecuteNonQueryAsync();
            }

            return Results.Json(new { id, payment.order_no, amount, state, channel_order_no = reference }, statusCode: 201);
        });
        await app.RunAsync(url);
    }

    private static async Task<(string State, string Reference)> CallAsync(
        HttpClient http, Uri orders, string body, CancellationToken cancelled)
    {
        using var order = OrderSignature.SignedOrder(orders, body);
        using var answer = await http.SendAsync(order, cancelled);
        var text = await answer.Content.ReadAsStringAsync(cancelled);
        var said = JsonSerializer.Deserialize<CompanysAnswer>(text)!;
        return OrderSignature.IsRight(answer, text) && answer.IsSuccessStatusCode
            ? (said.status, said.channel_order_no ?? "")
            : ("processing", "");
    }

    private sealed record PlainPayment(string order_no, string product, long amount, string currency, JsonElement account);

    private sealed record CompanysAnswer(string status, string? channel_order_no);
}
