using System.Text.RegularExpressions;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Descriptions;

/// <summary>Pages into which people type tokens: nothing of them comes from elsewhere, or leads there.</summary>
public sealed partial class PageTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/docs")]
    [InlineData("/docs/index.html")]
    public async Task Every_address_in_a_page_is_of_the_node_itself(string path)
    {
        var page = await _node.GetAsync(path, null);
        Assert.Equal(200, page.Status);
        var links = Links().Matches(page.Text).Select(link => link.Groups[1].Value).ToArray();

        Assert.NotEmpty(links);
        Assert.All(links, link =>
        {
            var target = new Uri(page.Message.RequestMessage!.RequestUri!, link);
            Assert.Equal(_node.Address.GetLeftPart(UriPartial.Authority), target.GetLeftPart(UriPartial.Authority));
        });
    }

    [Fact]
    public async Task Every_file_of_the_console_is_there_and_names_no_other_place()
    {
        var open = new Queue<string>(["/"]);
        var seen = new HashSet<string>();
        while (open.TryDequeue(out var path))
        {
            var answer = await _node.GetAsync(path, null);
            Assert.Equal(200, answer.Status);
            Assert.Equal("nosniff", Assert.Single(answer.Message.Headers.GetValues("X-Content-Type-Options")));
            Assert.DoesNotMatch("(?<!xmlns=\")https?://|@import", answer.Text);
            Assert.DoesNotMatch(@"innerHTML|insertAdjacentHTML|document\.write|eval\(", answer.Text);
            foreach (var next in Parts().Matches(answer.Text).Select(part => part.Value).Where(seen.Add))
            {
                open.Enqueue(next);
            }
        }

        Assert.Contains("/console/console.css", seen);
        Assert.Contains("/console/payment.js", seen);
        Assert.Equal(404, (await _node.GetAsync("/console/nothing.js", null)).Status);
    }

    [Fact]
    public async Task What_the_page_loads_is_there_and_loads_nothing_from_elsewhere()
    {
        var page = await _node.GetAsync("/docs/index.html", null);
        var parts = Links().Matches(page.Text).Select(link => link.Groups[1].Value).ToArray();

        Assert.Contains("./start.js", parts);
        foreach (var part in parts)
        {
            var answer = await _node.GetAsync($"/docs/{part}", null);
            Assert.Equal(200, answer.Status);
            if (part.EndsWith(".css", StringComparison.Ordinal))
            {
                Assert.DoesNotMatch(@"url\(\s*['""]?(https?:)?//|@import", answer.Text);
            }
        }

        var start = (await _node.GetAsync("/docs/start.js", null)).Text;
        Assert.Contains("url: \"/openapi/v1.json\"", start, StringComparison.Ordinal);
        Assert.Contains("validatorUrl: null", start, StringComparison.Ordinal);
        Assert.DoesNotContain("//", start, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "default-src 'none'")]
    [InlineData("/docs", "default-src 'self'")]
    [InlineData("/docs/index.html", "default-src 'self'")]
    [InlineData("/docs/start.js", "default-src 'self'")]
    [InlineData("/docs/oauth2-redirect.html", "default-src 'self'")]
    public async Task The_browser_is_told_to_load_and_run_nothing_else(string path, string first)
    {
        var answer = await _node.GetAsync(path, null);
        var policy = Assert.Single(answer.Message.Headers.GetValues("Content-Security-Policy"));

        Assert.Equal(first, policy.Split("; ")[0]);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("//", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Message.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task No_page_has_a_script_or_a_handler_written_into_it()
    {
        foreach (var path in new[] { "/", "/docs/index.html" })
        {
            var text = (await _node.GetAsync(path, null)).Text;
            Assert.DoesNotMatch(@"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=|\sstyle\s*=|javascript:", text);
        }
    }

    [Fact]
    public async Task The_description_has_no_link_to_elsewhere()
    {
        var document = (await _node.GetAsync("/openapi/v1.json", null)).Text;

        var addresses = Addresses().Matches(document).Select(match => match.Value).Distinct();
        Assert.Equal([_node.Address.GetLeftPart(UriPartial.Authority)], addresses);
    }

    [GeneratedRegex(@"/console/[a-z-]+\.[a-z]+")]
    private static partial Regex Parts();

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("https?://[A-Za-z0-9.:-]+")]
    private static partial Regex Addresses();
}
