using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Http;

internal static class OperatorSection
{
    private static readonly (string, OperatorRole)[] Roles =
    [
        ("viewer", OperatorRole.Viewer), ("operator", OperatorRole.Operator),
        ("approver", OperatorRole.Approver), ("admin", OperatorRole.Admin),
    ];

    public static ImmutableArray<OperatorSettings> Read(SettingReader router, ChannelMode mode) =>
        [.. router.Listed("operators", router.Section("operator-defaults")).Select(person => ReadOperator(person, mode))];

    private static OperatorSettings ReadOperator(SettingReader person, ChannelMode mode)
    {
        var token = TokenRules.Read(person, mode);
        var roles = person.List("roles", SettingValues.Names(Roles), SettingValues.OneOf(Roles), mayBeEmpty: false);
        var name = person.Value<string>("name", PlainName.Words, PlainName.Parse) ?? "";
        return new OperatorSettings(name, token, [.. roles], TokenRules.IsDemo(token));
    }
}
