package contest;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A meeting on one topic; it is held where it has a pair. */
@PlanningEntity
public class Meeting {

    @PlanningId private int id;
    private int minutes;
    private final List<Pair> pairs = new ArrayList<>();

    @PlanningVariable(valueRangeProviderRefs = "pairs", allowsUnassigned = true)
    private Pair pair;

    public Meeting() {}

    Meeting(int id, int minutes) {
        this.id = id;
        this.minutes = minutes;
    }

    public int getId() {
        return id;
    }

    public int getMinutes() {
        return minutes;
    }

    @ValueRangeProvider(id = "pairs")
    public List<Pair> getPairs() {
        return pairs;
    }

    public Pair getPair() {
        return pair;
    }

    public void setPair(Pair pair) {
        this.pair = pair;
    }

    // Joins may ask about what has just lost its pair, before they are told so.

    boolean countsFor(Limit limit) {
        return pair != null && Arrays.stream(pair.limits()).anyMatch(own -> own == limit.id());
    }

    boolean isBefore(Meeting other) {
        return pair != null && other.pair != null && pair.instant() < other.pair.instant();
    }

    boolean closeTo(Meeting other, long gap) {
        return pair != null
                && other.pair != null
                && pair.instant() < other.end() + gap
                && other.pair.instant() < end() + gap;
    }

    private long end() {
        return pair.instant() + 60L * minutes;
    }
}
