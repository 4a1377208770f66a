namespace RouterCluster.Domain.Payments;

/// <summary>How the open attempt is asked about, since its book was opened last: earlier questions are not stored.</summary>
/// <param name="LastAt">Null: it was not asked about yet.</param>
/// <param name="IsAsking">The answer to the last question is awaited.</param>
/// <param name="NextAt">When the schedule asks; null while a question is out.</param>
public sealed record AttemptQuestions(int Asked, DateTimeOffset? LastAt, bool IsAsking, DateTimeOffset? NextAt);
