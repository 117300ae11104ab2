using System.Net;
using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Xunit;

namespace Marketplace.Application.Tests.Sweeps;

public sealed class NodeShareTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(5), InlineData(64), InlineData(70)]
    public void The_shares_of_all_nodes_are_disjoint_and_complete(int count)
    {
        var nodes = Enumerable.Range(1, count).Select(Node).ToList();
        var shares = nodes.SelectMany(n => NodeShare.Of(n, nodes.OrderBy(other => other == n ? 0 : 1))); // each sees itself first
        Assert.Equal(Enumerable.Range(0, DueWork.Partitions), shares.Order());
    }

    [Fact]
    public void Shares_are_even() => Assert.Equal(
        [22, 21, 21], Enumerable.Range(1, 3).Select(n => NodeShare.Of(Node(n), [Node(3), Node(1), Node(2)]).Count));

    [Fact]
    public void Who_is_no_member_has_no_share()
    {
        Assert.Empty(NodeShare.Of(Node(1), []));
        Assert.Empty(NodeShare.Of(Node(1), [Node(2)]));
    }

    private static SiloAddress Node(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_000 + number), number);
}
