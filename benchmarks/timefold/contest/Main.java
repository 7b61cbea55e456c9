package contest;

import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Plans the problem in a file for so many seconds from the start of the process, with Timefold's own
 * choice of phases and moves. Writes the best plan in the end, and on the way the score of each better
 * one that holds all rules.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        Quarter problem = Reader.read(Path.of(arguments[0]));
        Rules.tiers = problem.tiers;
        long limit = Math.round(1000 * Double.parseDouble(arguments[1]));
        long left = Math.max(1, limit - ManagementFactory.getRuntimeMXBean().getUptime());
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Quarter.class)
                .withEntityClasses(Meeting.class, Seat.class)
                .withConstraintProviderClass(Rules.class)
                .withTerminationSpentLimit(Duration.ofMillis(left));
        Solver<Quarter> solver = SolverFactory.<Quarter>create(config).buildSolver();
        solver.addEventListener(event -> tell(event.getNewBestSolution()));
        write(solver.solve(problem));
    }

    private static void tell(Quarter found) {
        if (found.score.isFeasible()) {
            System.out.println("best\t" + found.score.softScore(0));
        }
    }

    private static void write(Quarter found) {
        System.out.println("hard\t" + found.score.hardScore(0));
        for (Meeting meeting : found.meetings) {
            if (meeting.getPair() != null) {
                System.out.println("pair\t" + meeting.getId() + "\t" + meeting.getPair().id());
            }
        }
        for (Seat seat : found.seats) {
            Meeting meeting = found.meetings.get(seat.getMeeting());
            if (seat.getPerson() != null && meeting.getPair() != null && seat.countsAt(meeting)) {
                System.out.println("seat\t" + seat.getMeeting() + "\t" + seat.getPerson().id() + "\t" + seat.getRole());
            }
        }
    }
}
