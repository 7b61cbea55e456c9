package contest;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.ProblemFactProperty;
import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import java.util.ArrayList;
import java.util.List;

/** A city's horizon: what is planned, and the plan. */
@PlanningSolution
public class Quarter {

    static final int TIERS = 4;

    @ProblemFactProperty City city;
    @ProblemFactProperty Tiers tiers;
    @ProblemFactCollectionProperty List<Limit> limits = new ArrayList<>();
    @ProblemFactCollectionProperty List<Need> needs = new ArrayList<>();
    @ProblemFactCollectionProperty List<Cover> covers = new ArrayList<>();
    @ProblemFactCollectionProperty List<Order> orders = new ArrayList<>();
    @PlanningEntityCollectionProperty List<Meeting> meetings = new ArrayList<>();
    @PlanningEntityCollectionProperty List<Seat> seats = new ArrayList<>();

    @PlanningScore(bendableHardLevelsSize = 1, bendableSoftLevelsSize = TIERS)
    BendableLongScore score;

    public Quarter() {}
}
